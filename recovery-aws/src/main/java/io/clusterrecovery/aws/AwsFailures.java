package io.clusterrecovery.aws;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failed call of the AWS SDK means. */
final class AwsFailures {
  private static final int SERVER_SIDE = 500;
  private static final Set<String> BUSY = Set.of("PriorRequestNotComplete", "Throttling");

  private static final Pattern NOISE =
      Pattern.compile(
          "\\s*\\((Service: |SDK Attempt Count: |SDK Diagnostics: |(Extended )?Request ID: )[^)]*\\)");

  private AwsFailures() {}

  /** The service said that it has not carried the request out, and will later. */
  static boolean busy(Throwable failure) {
    return failure instanceof AwsServiceException e
        && (e.isThrottlingException() || BUSY.contains(errorCode(e)));
  }

  /** It may pass by itself, and soon. */
  static boolean passing(Throwable failure) {
    return busy(failure) || serverSide(failure) || (brokenConnection(failure) && !slow(failure));
  }

  /** It may pass by itself, soon or not. */
  static boolean temporary(Throwable failure) {
    return passing(failure) || slow(failure);
  }

  /** Whether the request may have been carried out all the same. */
  static boolean unclear(Throwable failure) {
    return !busy(failure) && temporary(failure);
  }

  /** The service answered that it won't do it. */
  static boolean turnedDown(Throwable failure) {
    return failure instanceof AwsServiceException && !serverSide(failure);
  }

  /** What AWS said, without the SDK's own additions. */
  static String said(SdkException failure) {
    if (failure instanceof AwsServiceException e && e.awsErrorDetails() != null) {
      return told(e.statusCode(), e.awsErrorDetails());
    }
    String message = NOISE.matcher(String.valueOf(failure.getMessage())).replaceAll("").strip();
    return message.isEmpty() || message.equals("null") ? bare(failure) : message;
  }

  private static String told(int status, AwsErrorDetails details) {
    String said =
        Stream.of(details.errorCode(), details.errorMessage())
            .filter(part -> part != null && !part.isBlank())
            .map(part -> NOISE.matcher(part).replaceAll("").strip())
            .collect(Collectors.joining(": "));
    return said.isEmpty() ? "HTTP status " + status : said;
  }

  private static String bare(SdkException failure) {
    return failure instanceof AwsServiceException e
        ? "HTTP status " + e.statusCode()
        : failure.getClass().getSimpleName();
  }

  static String errorCode(AwsServiceException failure) {
    return failure.awsErrorDetails() == null
        ? ""
        : String.valueOf(failure.awsErrorDetails().errorCode());
  }

  private static boolean serverSide(Throwable failure) {
    return failure instanceof AwsServiceException e && e.statusCode() >= SERVER_SIDE;
  }

  private static boolean brokenConnection(Throwable failure) {
    return failure instanceof SdkClientException && caused(failure, IOException.class);
  }

  private static boolean slow(Throwable failure) {
    return failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException
        || (failure instanceof SdkException && caused(failure, SocketTimeoutException.class));
  }

  static boolean caused(Throwable failure, Class<? extends Throwable> kind) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (kind.isInstance(t)) {
        return true;
      }
    }
    return false;
  }
}
