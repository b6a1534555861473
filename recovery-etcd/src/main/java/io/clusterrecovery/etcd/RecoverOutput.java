package io.clusterrecovery.etcd;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far {@code etcd-member-recover.sh} has come, by what it has printed: a pure function of its
 * lines, of a first run on a host and of a repeated one.
 *
 * @param stage what it does
 * @param added the id of the member that it has added; empty as long as it has not
 * @param cluster the id of the cluster that it has added it to, likewise
 */
record RecoverOutput(Stage stage, Optional<String> added, Optional<String> cluster) {
  static final RecoverOutput NOTHING =
      new RecoverOutput(Stage.BEGINNING, Optional.empty(), Optional.empty());

  /** etcdctl pads ids that are shorter. */
  private static final Pattern ADDED =
      Pattern.compile("Member +([0-9a-f]+) added to cluster +([0-9a-f]+)");

  /** What it does, in order. */
  enum Stage {
    /** It looks at the host. */
    BEGINNING("etcd was not stopped"),
    /** It has moved etcd's manifest away, and waits for the pod's end. */
    STOPPING("etcd's manifest is in assets/manifests-stopped"),
    /** The old certificates are gone, the new ones asked for. */
    CERTIFICATES("etcd is stopped, its certificates are gone or are being made"),
    /** The new certificates are there. */
    STOPPING_AGENT("etcd is stopped, its certificates are made"),
    /** The data is gone, the cluster is asked to take the member. */
    JOINING("etcd is stopped, and its data is gone"),
    /** It has put etcd's manifest back. */
    STARTED("etcd's manifest is in place");

    private final String host;

    Stage(String host) {
      this.host = host;
    }

    /** How the host is then, as the end of a sentence. */
    String host() {
      return host;
    }
  }

  /** After one more line; a line that says nothing of it changes nothing. */
  RecoverOutput after(String line) {
    String text = line.strip();
    Matcher found = ADDED.matcher(text);
    if (found.matches()) {
      return new RecoverOutput(
          Stage.JOINING, Optional.of(found.group(1)), Optional.of(found.group(2)));
    }
    return stageOf(text).map(now -> new RecoverOutput(now, added, cluster)).orElse(this);
  }

  private static Optional<Stage> stageOf(String line) {
    if (line.equals("Stopping etcd..")) {
      return Optional.of(Stage.STOPPING);
    }
    if (line.equals("Removing etcd certs..") || line.startsWith("Populating template ")) {
      return Optional.of(Stage.CERTIFICATES);
    }
    if (line.equals("Starting etcd client cert recovery agent..")) {
      return Optional.of(Stage.CERTIFICATES);
    }
    if (line.equals("Stopping cert recover..")) {
      return Optional.of(Stage.STOPPING_AGENT);
    }
    if (line.equals("Updating etcd membership..")) {
      return Optional.of(Stage.JOINING);
    }
    return line.equals("Starting etcd..") ? Optional.of(Stage.STARTED) : Optional.empty();
  }
}
