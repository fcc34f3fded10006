#ifndef SUO_DISPATCH_H
#define SUO_DISPATCH_H

/// What kernels share: it becomes part of every version of them.
#define INLINE static inline __attribute__((always_inline))

/// Compiles a kernel for the least processor of the platform and, on x86-64, for those with AVX2, and chooses when it is
/// called: DISPATCH(PREFIX, name, ...) makes the functions PREFIXname and PREFIXname_portable of the inline function name.
#if defined(__x86_64__)
#define DISPATCH(PREFIX, NAME, RESULT, PARAMETERS, ARGUMENTS)                                     \
  __attribute__((target("avx2"))) static RESULT NAME##_avx2 PARAMETERS { return NAME ARGUMENTS; } \
  RESULT PREFIX##NAME##_portable PARAMETERS { return NAME ARGUMENTS; }                            \
  RESULT PREFIX##NAME PARAMETERS {                                                                \
    if (__builtin_cpu_supports("avx2")) return NAME##_avx2 ARGUMENTS;                             \
    return PREFIX##NAME##_portable ARGUMENTS;                                                     \
  }
#else
#define DISPATCH(PREFIX, NAME, RESULT, PARAMETERS, ARGUMENTS)          \
  RESULT PREFIX##NAME##_portable PARAMETERS { return NAME ARGUMENTS; } \
  RESULT PREFIX##NAME PARAMETERS { return PREFIX##NAME##_portable ARGUMENTS; }
#endif
#endif
