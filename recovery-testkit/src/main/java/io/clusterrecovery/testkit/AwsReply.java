package io.clusterrecovery.testkit;

import java.util.UUID;

/** One HTTP answer. */
record AwsReply(int status, String contentType, String body) {
  static AwsReply xml(int status, String body) {
    String whole = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body;
    return new AwsReply(status, "text/xml", whole);
  }

  static String requestId() {
    return UUID.randomUUID().toString();
  }

  boolean ok() {
    return status < 300;
  }
}
