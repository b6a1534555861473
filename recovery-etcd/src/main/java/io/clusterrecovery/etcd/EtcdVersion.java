package io.clusterrecovery.etcd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a version of etcd can do. */
record EtcdVersion(int major, int minor) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(\\..*)?");

  /** An unreadable version is taken for the oldest, which can least. */
  static EtcdVersion of(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? new EtcdVersion(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)))
        : new EtcdVersion(0, 0);
  }

  /** Learners came with 3.4; an older etcd takes an add of one for that of a voter. */
  boolean hasLearners() {
    return major > 3 || (major == 3 && minor >= 4);
  }
}
