package io.clusterrecovery.aws;

/**
 * What tells one record set of a zone from another.
 *
 * @param name its whole name, without the dot at the end
 * @param setIdentifier empty for a record without a routing policy
 */
record RecordId(String name, String type, String setIdentifier) {
  static RecordId plain(String name, String type) {
    return new RecordId(name, type, "");
  }

  @Override
  public String toString() {
    return name + " " + type + (setIdentifier.isEmpty() ? "" : " '" + setIdentifier + "'");
  }
}
