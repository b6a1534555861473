package io.clusterrecovery.etcd;

import java.util.regex.Pattern;

/** What systemd takes as the name of a unit. */
final class UnitName {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9:_.\\\\@][A-Za-z0-9:_.\\\\@-]*");

  private UnitName() {}

  static String require(String name) {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a systemd unit: '" + name + "'");
    }
    return name;
  }
}
