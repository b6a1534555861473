package io.clusterrecovery.examples;

/** A part is missing and cannot be had. */
final class PartMissingException extends RuntimeException {
  PartMissingException(String message, Throwable cause) {
    super(message, cause);
  }

  PartMissingException(String message) {
    super(message);
  }
}
