package io.clusterrecovery.testkit;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One HTTP answer. */
record AwsReply(int status, String contentType, String body) {
  private static final Pattern ERROR = Pattern.compile("<Code>([^<]*)</Code>");

  static AwsReply xml(int status, String body) {
    String whole = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body;
    return new AwsReply(status, "text/xml", whole);
  }

  static String requestId() {
    return UUID.randomUUID().toString();
  }

  /** The error's code; empty when it isn't an error of AWS. */
  String error() {
    Matcher code = ERROR.matcher(ok() ? "" : body);
    return code.find() ? code.group(1) : "";
  }

  boolean ok() {
    return status < 300;
  }
}
