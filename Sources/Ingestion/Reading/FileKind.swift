#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a name in a folder stands for.
enum FileKind: Equatable {
  case regular, folder, symbolicLink, fifo, socket, device

  init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .regular
    case S_IFDIR: self = .folder
    case S_IFLNK: self = .symbolicLink
    case S_IFIFO: self = .fifo
    case S_IFSOCK: self = .socket
    default: self = .device
    }
  }

  /// Why a file of this kind is not read.
  var refusal: String {
    switch self {
    case .regular: "a regular file"
    case .folder: "a folder, not a file"
    case .symbolicLink: "a symbolic link"
    case .fifo: "a named pipe, not a file; pipe it into standard input and name it -"
    case .socket: "a socket, not a file"
    case .device: "a device, not a file"
    }
  }
}
