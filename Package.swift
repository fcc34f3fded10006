// swift-tools-version: 6.2
import PackageDescription

/// Warnings stop the build where `SUO_STRICT` is set, as the continuous integration does; a user's newer compiler may
/// warn of more than ours and still builds.
let strict: [SwiftSetting] = Context.environment["SUO_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]

/// An import says who may see what it brings: nobody outside the file unless it is marked `package` or `public`.
let core: [SwiftSetting] = strict + [.enableUpcomingFeature("InternalImportsByDefault")]

/// For targets that have no business with pointers: the compiler warns of every unsafe expression.
let safe: [SwiftSetting] = core + [.strictMemorySafety()]

/// The layers, lowest first. A target imports only targets of lower layers; SwiftPM refuses cycles.
let package = Package(
  name: "Suo",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Suo", targets: ["Suo"]),
    .executable(name: "suo", targets: ["SuoCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // System libraries, each behind the one target that may import it.
    .systemLibrary(
      name: "ICULibrary", path: "Sources/SystemLibraries/ICULibrary", pkgConfig: "icu-i18n",
      providers: [.apt(["libicu-dev"]), .brew(["icu4c"])]),
    .systemLibrary(
      name: "CStemmer", path: "Sources/SystemLibraries/CStemmer",
      providers: [.apt(["libstemmer-dev"]), .brew(["snowball"])]),
    .systemLibrary(
      name: "CZstd", path: "Sources/SystemLibraries/CZstd", pkgConfig: "libzstd",
      providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .systemLibrary(
      name: "CXXHash", path: "Sources/SystemLibraries/CXXHash", pkgConfig: "libxxhash",
      providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]),
    .systemLibrary(
      name: "CZlib", path: "Sources/SystemLibraries/CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CCommonMark", path: "Sources/SystemLibraries/CCommonMark", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
    .systemLibrary(
      name: "CGumbo", path: "Sources/SystemLibraries/CGumbo", pkgConfig: "gumbo",
      providers: [.apt(["libgumbo-dev"]), .brew(["gumbo-parser"])]),

    // Ground.
    .target(name: "CICU", dependencies: ["ICULibrary"]),
    .target(name: "CKernels"),
    .target(name: "SearchModel", swiftSettings: safe),
    .target(name: "JSONText", swiftSettings: core),
    .target(name: "ByteStorage", dependencies: ["CKernels", "CXXHash", "CZstd"], swiftSettings: core),

    // Formats.
    .target(
      name: "TextAnalysis", dependencies: ["ByteStorage", "CICU", "CStemmer", "JSONText", "SearchModel"],
      swiftSettings: core),
    .target(name: "IndexFormat", dependencies: ["ByteStorage", "JSONText", "SearchModel"], swiftSettings: core),

    // Engine.
    .target(
      name: "Ingestion",
      dependencies: [
        "CCommonMark", "CGumbo", "JSONText", "SearchModel", "TextAnalysis", .product(name: "Yams", package: "Yams"),
      ], swiftSettings: core),
    .target(
      name: "Indexing", dependencies: ["ByteStorage", "IndexFormat", "SearchModel", "TextAnalysis"],
      swiftSettings: core),
    .target(
      name: "Retrieval", dependencies: ["ByteStorage", "IndexFormat", "SearchModel", "TextAnalysis"],
      swiftSettings: core),

    .target(
      name: "Evaluation", dependencies: ["CZlib", "JSONText", "SearchModel"], swiftSettings: core),
    .target(
      name: "Interchange",
      dependencies: [
        "ByteStorage", "IndexFormat", "SearchModel", "TextAnalysis",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      exclude: ["Messages/CommonIndexFileFormat.proto"], swiftSettings: core),

    // Product and edges.
    .target(
      name: "Suo",
      dependencies: ["IndexFormat", "Indexing", "Ingestion", "Retrieval", "SearchModel", "TextAnalysis"],
      swiftSettings: safe),
    .executableTarget(
      name: "SuoCLI",
      dependencies: [
        "ByteStorage", "Evaluation", "IndexFormat", "Interchange", "JSONText", "Retrieval", "SearchModel", "Suo",
        "TextAnalysis",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: core),

    // Tests.
    .target(name: "TestSupport", dependencies: ["SearchModel"], path: "Tests/TestSupport", swiftSettings: core),
    .testTarget(
      name: "ByteStorageTests", dependencies: ["ByteStorage", "CKernels", "TestSupport"], swiftSettings: core),
    .testTarget(
      name: "IndexFormatTests",
      dependencies: [
        "ByteStorage", "IndexFormat", "Indexing", "Retrieval", "SearchModel", "TestSupport", "TextAnalysis",
      ],
      swiftSettings: core),
    .testTarget(
      name: "IndexingTests",
      dependencies: ["ByteStorage", "IndexFormat", "Indexing", "SearchModel", "TestSupport", "TextAnalysis"],
      swiftSettings: core),
    .testTarget(
      name: "FormatCompatibilityTests",
      dependencies: [
        "ByteStorage", "IndexFormat", "Indexing", "Retrieval", "SearchModel", "TestSupport", "TextAnalysis",
      ],
      exclude: ["Fixtures"], swiftSettings: core),
    .testTarget(name: "JSONTextTests", dependencies: ["JSONText", "TestSupport"], swiftSettings: core),
    .testTarget(
      name: "IngestionTests", dependencies: ["Ingestion", "JSONText", "SearchModel", "TestSupport"],
      swiftSettings: core),
    .testTarget(
      name: "TextAnalysisTests", dependencies: ["CICU", "JSONText", "SearchModel", "TestSupport", "TextAnalysis"],
      swiftSettings: core),
    .testTarget(
      name: "RetrievalTests",
      dependencies: [
        "ByteStorage", "IndexFormat", "Indexing", "JSONText", "Retrieval", "SearchModel", "TestSupport", "TextAnalysis",
      ],
      swiftSettings: core),
    .testTarget(name: "EvaluationTests", dependencies: ["Evaluation"], swiftSettings: core),
    .testTarget(
      name: "InterchangeTests",
      dependencies: [
        "ByteStorage", "IndexFormat", "Indexing", "Interchange", "Retrieval", "SearchModel", "TestSupport",
        "TextAnalysis",
      ],
      swiftSettings: core),
    .testTarget(
      name: "SuoTests", dependencies: ["ByteStorage", "SearchModel", "Suo", "TestSupport", "TextAnalysis"],
      swiftSettings: core),
    .testTarget(
      name: "SuoCLITests", dependencies: ["ByteStorage", "JSONText", "SuoCLI", "TestSupport"], swiftSettings: core),
    .testTarget(name: "LibraryGuideTests", dependencies: ["SearchModel", "Suo", "TestSupport"], swiftSettings: core),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu17
)
