package io.clusterrecovery.testkit;

/** What tells one resource record set of a zone from another. The name ends with a dot. */
record AwsRecordKey(String name, String type, String setIdentifier) {
  /** As the messages of Route 53 name it. */
  String described() {
    String set = setIdentifier.isEmpty() ? "" : ", set-identifier='" + setIdentifier + "'";
    return "resource record set [name='" + name + "', type='" + type + "'" + set + "]";
  }
}
