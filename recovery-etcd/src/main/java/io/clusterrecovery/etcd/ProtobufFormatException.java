package io.clusterrecovery.etcd;

/** Bytes that are no protobuf message; cheap, since a database may hold many of those. */
final class ProtobufFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProtobufFormatException(String message) {
    super(message, null, false, false);
  }
}
