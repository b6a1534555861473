package io.clusterrecovery.etcd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code etcd-snapshot-restore.sh} of OpenShift 4.1 has told so far, line by line; it prints
 * other lines when it was run in the same folder before. Of etcd's own lines both forms are known,
 * the plain one of 3.3 and JSON of 3.4 and later. Not thread-safe.
 */
final class RestoreScriptOutput {
  /** How far it has come. Until {@link #STOPPING_PODS} it has touched nothing. */
  enum Stage {
    BEGUN("(?!)"),
    PREPARING("Creating asset directory"),
    DOWNLOADING("Downloading etcdctl binary"),
    BACKING_UP_MANIFEST("Backing up /etc/kubernetes/manifests/|etcd-member.yaml found in"),
    STOPPING_PODS("Stopping all static pods"),
    STOPPING_ETCD("Stopping etcd"),
    STOPPING_KUBELET("Stopping kubelet"),
    STOPPING_CONTAINERS("Stopping all containers"),
    COPYING_DATA(
        "Backing up etcd data-dir|etcd data-dir backup found|Local etcd snapshot file not found"),
    REMOVING_DATA("Removing etcd data-dir"),
    RESTORING("Restoring etcd member"),
    STARTING_PODS("Starting static pods"),
    STARTING_KUBELET("Starting kubelet");

    private final String beginning;

    /** Takes the expression that the line begins with which tells of it. */
    Stage(String beginning) {
      this.beginning = "(" + beginning + ").*";
    }

    private boolean isToldBy(String line) {
      return line.matches(beginning);
    }
  }

  /** What became of the data that was there before. */
  enum Copy {
    /** Nothing was said of it yet. */
    UNTOLD,
    /** It was copied. */
    MADE,
    /** A copy of an earlier run was there, and what was there now was not copied. */
    EARLIER_KEPT,
    /** There was none. */
    NOTHING_THERE
  }

  private static final Pattern PLAIN_COMPACT = Pattern.compile("restore compact to (\\d+)");
  private static final Pattern JSON_COMPACT =
      Pattern.compile("\"restored-compact-revision\":(\\d+)");
  private static final Pattern PLAIN_ADDED =
      Pattern.compile("added member ([0-9a-f]+) \\[.*] to cluster ([0-9a-f]+)");
  private static final Pattern JSON_ADDED =
      Pattern.compile("\"cluster-id\":\"([0-9a-f]+)\".*\"added-peer-id\":\"([0-9a-f]+)\"");
  private static final int KEPT_LINES = 8;

  private final List<String> stopped = new ArrayList<>();
  private final List<String> started = new ArrayList<>();
  private final List<String> last = new ArrayList<>();
  private Stage stage = Stage.BEGUN;
  private Copy copy = Copy.UNTOLD;
  private OptionalLong compacted = OptionalLong.empty();
  private String cluster = "";
  private String member = "";
  private int waits;

  static RestoreScriptOutput of(String text) {
    RestoreScriptOutput output = new RestoreScriptOutput();
    text.lines().forEach(output::accept);
    return output;
  }

  void accept(String line) {
    remember(line);
    for (Stage each : Stage.values()) {
      if (each.isToldBy(line)) {
        stage = each;
      }
    }
    readCopy(line);
    readManifest(line);
    readEtcd(line);
    if (line.startsWith("Waiting for etcd-")) {
      waits++;
    }
  }

  private void remember(String line) {
    if (last.size() == KEPT_LINES) {
      last.remove(0);
    }
    last.add(line);
  }

  private void readCopy(String line) {
    if (line.startsWith("Backing up etcd data-dir..")) {
      copy = Copy.MADE;
    } else if (line.startsWith("etcd data-dir backup found")) {
      copy = Copy.EARLIER_KEPT;
    } else if (line.startsWith("Local etcd snapshot file not found")) {
      copy = Copy.NOTHING_THERE;
    }
  }

  private void readManifest(String line) {
    if (line.startsWith("..stopping ")) {
      stopped.add(line.substring("..stopping ".length()).strip());
    } else if (line.startsWith("..starting ")) {
      started.add(line.substring("..starting ".length()).strip());
    }
  }

  private void readEtcd(String line) {
    Matcher compact = PLAIN_COMPACT.matcher(line);
    Matcher json = JSON_COMPACT.matcher(line);
    if (compact.find()) {
      compacted = OptionalLong.of(Long.parseLong(compact.group(1)));
    } else if (json.find()) {
      compacted = OptionalLong.of(Long.parseLong(json.group(1)));
    }
    Matcher added = PLAIN_ADDED.matcher(line);
    Matcher addedJson = JSON_ADDED.matcher(line);
    if (added.find()) {
      member = added.group(1);
      cluster = added.group(2);
    } else if (addedJson.find()) {
      cluster = addedJson.group(1);
      member = addedJson.group(2);
    }
  }

  Stage stage() {
    return stage;
  }

  boolean reached(Stage wanted) {
    return stage.compareTo(wanted) >= 0;
  }

  Copy copy() {
    return copy;
  }

  /** Manifests that it said it moved away. */
  List<String> stopped() {
    return List.copyOf(stopped);
  }

  /** Manifests that it said it put back. */
  List<String> started() {
    return List.copyOf(started);
  }

  /** Up to which revision the snapshot was compacted, where etcd's tool tells. */
  OptionalLong compacted() {
    return compacted;
  }

  /** The restored cluster's id, in hexadecimal without leading zeros. */
  Optional<String> clusterId() {
    return Optional.of(cluster).filter(id -> !id.isEmpty());
  }

  /** The restored member's id, likewise. */
  Optional<String> memberId() {
    return Optional.of(member).filter(id -> !id.isEmpty());
  }

  /** How often it has said that it waits for etcd's pod to stop; ten seconds lie between two. */
  int waits() {
    return waits;
  }

  /** Its last lines. */
  String lastLines() {
    return String.join("\n", last);
  }
}
