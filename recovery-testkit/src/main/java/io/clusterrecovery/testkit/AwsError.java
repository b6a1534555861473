package io.clusterrecovery.testkit;

/** An answer of AWS that is an error: a code the SDK turns into an exception, and its text. */
final class AwsError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  AwsError(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static AwsError throttled() {
    return new AwsError(400, "Throttling", "Rate exceeded");
  }

  AwsReply reply(String namespace) {
    String body =
        "<ErrorResponse xmlns=\"%s\"><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>%s</RequestId></ErrorResponse>"
            .formatted(namespace, code, AwsXml.escape(message()), AwsReply.requestId());
    return AwsReply.xml(status, body);
  }

  private String message() {
    String message = getMessage();
    return message == null ? code : message;
  }
}
