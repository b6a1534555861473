package io.clusterrecovery.k8s;

import org.jspecify.annotations.Nullable;

/** A call to the Kubernetes API that did not give what it should; never leaves this module. */
final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int NO_ANSWER = 0;

  private final int status;
  private final String said;

  ApiFailure(int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.said = message;
  }

  static ApiFailure noAnswer(String call, Throwable cause) {
    return new ApiFailure(NO_ANSWER, call + " got no answer: " + cause, cause);
  }

  /** {@return what call it was, and what came of it} */
  String said() {
    return said;
  }

  int status() {
    return status;
  }

  /** {@return whether the same call may succeed later without anybody doing anything} */
  boolean passing() {
    return status == NO_ANSWER || status == 410 || status == 429 || status >= 500;
  }

  /** {@return whether the server said so, rather than nobody} */
  boolean answered() {
    return status != NO_ANSWER;
  }

  boolean denied() {
    return status == 401 || status == 403;
  }

  /** {@return whether the object is not, or no longer, the one that was meant} */
  boolean changedMeanwhile() {
    return status == 404 || status == 409 || status == 410;
  }

  static boolean isPassing(Throwable failure) {
    return failure instanceof ApiFailure api && api.passing();
  }
}
