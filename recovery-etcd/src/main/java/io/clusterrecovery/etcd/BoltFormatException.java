package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;

/** A file that is not what bbolt writes; the message continues "The snapshot FILE: …". */
final class BoltFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;

  BoltFormatException(Code code, String message) {
    super(message);
    this.code = code;
  }

  static BoltFormatException corrupt(String message) {
    return new BoltFormatException(Code.SNAPSHOT_CORRUPT, message);
  }

  Code code() {
    return code;
  }
}
