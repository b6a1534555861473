package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is known of {@code --force-new-cluster} in each version of etcd. */
final class ForceNewCluster {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

  private ForceNewCluster() {}

  /** A version by its numbers. */
  record Version(int major, int minor, int patch) {

    /** {@return the first version that a text names} */
    static Optional<Version> in(String text) {
      Matcher matcher = VERSION.matcher(text);
      return matcher.find()
          ? Optional.of(new Version(number(matcher, 1), number(matcher, 2), number(matcher, 3)))
          : Optional.empty();
    }

    private static int number(Matcher matcher, int group) {
      return Integer.parseInt(matcher.group(group));
    }

    private boolean isOf(int wantedMajor, int wantedMinor) {
      return major == wantedMajor && minor == wantedMinor;
    }

    @Override
    public String toString() {
      return major + "." + minor + "." + patch;
    }
  }

  /**
   * Adds to a plan what speaks against it.
   *
   * @param found the version that runs on the host; empty if that could not be seen
   * @param learners whether the cluster has learners
   */
  static void judge(String host, Optional<Version> found, boolean learners, Plan.Builder plan) {
    if (found.isEmpty()) {
      plan.refuse(
          Code.ETCD_CONFIG_UNSUPPORTED,
          "Which version of etcd %s has cannot be seen.".formatted(host),
          "Restore from a snapshot.");
      return;
    }
    Version version = found.get();
    refusal(host, version, learners).ifPresent(plan::refuse);
    notes(version).forEach(plan::note);
  }

  /** Why it must not be done with that version, if it must not. */
  static Optional<Refusal> refusal(String host, Version version, boolean learners) {
    if (version.major != 3 || version.minor < 4 || version.minor > 6) {
      return refused(host, version, "nothing is known of it there");
    }
    if ((version.isOf(3, 5) && version.patch < 22) || (version.isOf(3, 6) && version.patch < 1)) {
      return refused(host, version, "it may leave former members there (#20339, #20071)");
    }
    boolean breaksLearners =
        (version.isOf(3, 4) && version.patch < 14)
            || (version.isOf(3, 5) && version.patch < 25)
            || (version.isOf(3, 6) && version.patch < 6);
    return learners && breaksLearners
        ? refused(host, version, "it fails there where there are learners (#12285, #20893, #20896)")
        : Optional.empty();
  }

  /** What whoever goes on with that version should know. */
  static List<String> notes(Version version) {
    return version.isOf(3, 5) && version.patch < 26
        ? List.of("Upgrade etcd to 3.5.26 before any upgrade to 3.6 (#20967, #20995).")
        : List.of();
  }

  private static Optional<Refusal> refused(String host, Version version, String why) {
    return Optional.of(
        new Refusal(
            Code.ETCD_CONFIG_UNSUPPORTED,
            "etcd on %s is %s, and with --force-new-cluster %s.".formatted(host, version, why),
            "Restore from a snapshot."));
  }
}
