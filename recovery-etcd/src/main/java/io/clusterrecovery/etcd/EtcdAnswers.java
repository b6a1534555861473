package io.clusterrecovery.etcd;

import io.etcd.jetcd.common.exception.EtcdException;
import io.grpc.Status;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;

/** What etcd's failures mean. */
final class EtcdAnswers {
  private EtcdAnswers() {}

  static EtcdCallException failure(URI endpoint, String call, ExecutionException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return new EtcdCallException(kind(cause), endpoint, call, words(cause), failure);
  }

  private static EtcdCallException.Kind kind(Throwable cause) {
    if (chainHas(cause, SSLException.class)) {
      return isCutOff(cause)
          ? EtcdCallException.Kind.NO_ANSWER
          : EtcdCallException.Kind.ACCESS_DENIED;
    }
    return switch (code(cause)) {
      case UNAUTHENTICATED, PERMISSION_DENIED -> EtcdCallException.Kind.ACCESS_DENIED;
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> unavailable(cause);
      default -> EtcdCallException.Kind.REFUSED;
    };
  }

  /** Some of jetcd's calls give its own exception, which no longer carries the status. */
  private static Status.Code code(Throwable cause) {
    return cause instanceof EtcdException own
        ? Status.Code.valueOf(own.getErrorCode().name())
        : Status.fromThrowable(cause).getCode();
  }

  /**
   * etcd uses this status too when it answers that there is no leader or that members are
   * unhealthy.
   */
  private static EtcdCallException.Kind unavailable(Throwable cause) {
    return words(cause).contains("etcdserver:")
        ? EtcdCallException.Kind.REFUSED
        : EtcdCallException.Kind.NO_ANSWER;
  }

  /** An etcd that dies in the middle of a handshake has not refused anybody. */
  private static boolean isCutOff(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof IOException && !(t instanceof SSLException)) {
        return true;
      }
    }
    return words(cause).contains("Connection closed while SSL/TLS handshake was in progress");
  }

  private static boolean chainHas(Throwable start, Class<? extends Throwable> type) {
    for (Throwable t = start; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  private static String words(Throwable cause) {
    StringBuilder words = new StringBuilder(String.valueOf(cause.getMessage()));
    for (Throwable t = cause.getCause(); t != null; t = t.getCause()) {
      if (t.getMessage() != null && words.indexOf(t.getMessage()) < 0) {
        words.append(": ").append(t.getMessage());
      }
    }
    return words.toString();
  }
}
