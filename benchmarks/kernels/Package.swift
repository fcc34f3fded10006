// swift-tools-version: 6.2
import PackageDescription

/// Micro-benchmarks of the loops in C. A package of its own, so that Suo depends on no benchmark library; it compiles the
/// loops itself, through a link, so that Suo needs no product for them.
let package = Package(
  name: "KernelBenchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    // Without its traits it counts no allocations, of which the loops have none, and needs no library beside itself.
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: [])
  ],
  targets: [
    .target(name: "CKernels"),
    .executableTarget(
      name: "Kernels",
      dependencies: ["CKernels", .product(name: "Benchmark", package: "benchmark")],
      path: "Benchmarks/Kernels",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu17
)
