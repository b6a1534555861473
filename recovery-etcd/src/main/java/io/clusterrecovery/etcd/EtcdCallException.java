package io.clusterrecovery.etcd;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A call to etcd that failed; never leaves this module. */
final class EtcdCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why, as far as it decides what to do. */
  enum Kind {
    /** No answer, or no connection. */
    NO_ANSWER,
    /** The certificates or the user are not accepted. */
    ACCESS_DENIED,
    /** etcd answered that it will not do so now. */
    REFUSED
  }

  private final Kind kind;

  EtcdCallException(Kind kind, URI endpoint, String call, String why, @Nullable Throwable cause) {
    super(call + " at " + endpoint + ": " + why, cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** Whether etcd's answer holds the given words. */
  boolean says(String words) {
    return String.valueOf(getMessage()).contains(words);
  }
}
