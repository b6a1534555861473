package io.clusterrecovery.etcd;

import java.util.regex.Pattern;

/**
 * What can be the name of a member in {@code initial-cluster}, where commas and equals separate.
 */
final class MemberName {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private MemberName() {}

  static String require(String name) {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of an etcd member: '" + name + "'");
    }
    return name;
  }
}
