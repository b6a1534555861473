package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import java.net.UnknownHostException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What a call's last failure is called, and what to do about it.
 *
 * @param code its stable name
 * @param next what to do next
 */
record AwsAdvice(Code code, String next) {
  private static final Set<Integer> DENIED = Set.of(401, 403);
  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired");
  private static final Set<String> CLOCK =
      Set.of("RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture");

  static AwsAdvice on(SdkException failure) {
    return failure instanceof AwsServiceException answer ? onAnswer(answer) : onClient(failure);
  }

  private static AwsAdvice onAnswer(AwsServiceException answer) {
    String error = AwsFailures.errorCode(answer);
    if (error.equals("PriorRequestNotComplete")) {
      return new AwsAdvice(
          Code.CLOUD_BUSY,
          "Somebody else's change of this zone is still being processed. Find out whose; then run"
              + " the step again.");
    }
    if (AwsFailures.busy(answer)) {
      return new AwsAdvice(
          Code.CLOUD_BUSY,
          "Find out what else calls AWS with this account, since all its callers share one"
              + " allowance (five requests a second for Route 53); then run the step again.");
    }
    if (EXPIRED.contains(error)) {
      return expired();
    }
    if (CLOCK.contains(error)) {
      return new AwsAdvice(
          Code.CLOUD_ACCESS_DENIED, "Set the clock of this machine, then run the step again.");
    }
    return DENIED.contains(answer.statusCode()) ? denied() : unreachable();
  }

  private static AwsAdvice onClient(SdkException failure) {
    String said = String.valueOf(failure.getMessage());
    if (said.contains("expired")) {
      return expired();
    }
    if (said.contains("credentials")) {
      return new AwsAdvice(
          Code.CLOUD_ACCESS_DENIED,
          "Give the client credentials: by its environment, a profile, or a role of this machine;"
              + " then run the step again.");
    }
    if (AwsFailures.caused(failure, UnknownHostException.class)) {
      return new AwsAdvice(
          Code.CLOUD_UNREACHABLE,
          "The name of the endpoint does not resolve here: check the client's region and endpoint,"
              + " and this machine's resolver; then run the step again.");
    }
    return unreachable();
  }

  private static AwsAdvice expired() {
    return new AwsAdvice(
        Code.CLOUD_CREDENTIALS_EXPIRED,
        "Get new credentials, make the client with them, then run the step again: it goes on from"
            + " what is there.");
  }

  private static AwsAdvice denied() {
    return new AwsAdvice(
        Code.CLOUD_ACCESS_DENIED,
        "Check the credentials and permissions of the client, then run the step again.");
  }

  private static AwsAdvice unreachable() {
    return new AwsAdvice(
        Code.CLOUD_UNREACHABLE,
        "Check endpoint, region and network of the client, then run the step again.");
  }
}
