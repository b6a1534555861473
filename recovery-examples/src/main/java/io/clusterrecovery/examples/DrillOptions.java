package io.clusterrecovery.examples;

import io.clusterrecovery.testkit.LabBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The drill's command line.
 *
 * @param platform what runs etcd and the control plane
 * @param etcd etcd's version
 * @param source what is restored from
 * @param scripts a release's own scripts for OpenShift 4.1, or null for the lab's
 * @param report where reports go, or null for a new folder
 * @param keep whether the lab stays up
 * @param stop the lab to stop, {@code all}, or null to run a drill
 * @param objects how many objects are written before the snapshot
 * @param quiet whether only the end is printed
 * @param kill where its recovery is killed
 */
record DrillOptions(
    Platform platform,
    String etcd,
    Source source,
    @Nullable Path scripts,
    @Nullable Path report,
    boolean keep,
    @Nullable String stop,
    int objects,
    boolean quiet,
    KillOptions kill) {

  /** What runs etcd and the control plane. */
  enum Platform {
    /** Units set up by hand. */
    SYSTEMD,
    /** Static pods, made by kubeadm. */
    KUBEADM,
    /** Static pods and recovery scripts as OpenShift 4.1 has them. */
    OPENSHIFT41;

    /** {@return what etcd on that host is called} */
    String memberName(String host) {
      return this == OPENSHIFT41 ? OpenShift41Growth.member(host) : host;
    }

    private String usualEtcd() {
      return this == OPENSHIFT41 ? LabBuilder.ETCD_OF_OPENSHIFT41 : LabBuilder.ETCD_VERSION;
    }
  }

  /** What is restored from. */
  enum Source {
    SNAPSHOT,
    /** The survivor's own data, which only static pods can be restored from. */
    OWN_DATA
  }

  /** What bin/lab-install makes; kubeadm takes the last one for too old. */
  private static final List<String> VERSIONS = List.of("3.6.16", "3.5.35", "3.4.23");

  private static final int DEFAULT_OBJECTS = 5_000;
  private static final int MOST_OBJECTS = 100_000;

  /** The command line, or why it is wrong as an {@link IllegalArgumentException}. */
  static DrillOptions parse(List<String> arguments) {
    Deque<String> left = new ArrayDeque<>(arguments);
    Platform platform = Platform.SYSTEMD;
    String etcd = null;
    Path scripts = null;
    Source source = Source.SNAPSHOT;
    Path report = null;
    String stop = null;
    boolean keep = false;
    boolean quiet = false;
    int objects = DEFAULT_OBJECTS;
    KillOptions kill = KillOptions.NOWHERE;
    while (!left.isEmpty()) {
      String option = left.pop();
      switch (option) {
        case "--platform" -> platform = platform(value(option, left));
        case "--etcd" -> etcd = etcd(value(option, left));
        case "--from" -> source = source(value(option, left));
        case "--scripts" -> scripts = scripts(value(option, left));
        case "--report" -> report = report(value(option, left));
        case "--keep" -> keep = true;
        case "--stop" -> stop = value(option, left);
        case "--objects" -> objects = objects(value(option, left));
        case "--quiet" -> quiet = true;
        case "--kill-at" -> kill = kill.at(value(option, left));
        case "--list-points" -> kill = kill.listing();
        case "--shard" -> kill = kill.sharded(value(option, left));
        case "--per-drill" -> kill = kill.perDrill(value(option, left));
        case "--continue" -> kill = kill.continuing(value(option, left));
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    String version = etcd == null ? platform.usualEtcd() : etcd;
    requireFitting(platform, version, source, scripts);
    kill.requireFitting(report, keep);
    DrillOptions options =
        new DrillOptions(
            platform, version, source, scripts, report, keep, stop, objects, quiet, kill);
    options.drillsToKill();
    return options;
  }

  /** The drills that were asked for, each with the points at which its recovery is killed. */
  List<List<KillPoint>> drillsToKill() {
    return kill.kills() ? kill.of(KillPoints.of(platform)) : List.of();
  }

  private static String value(String option, Deque<String> left) {
    if (left.isEmpty() || left.peek().startsWith("--")) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return left.pop();
  }

  /** An earlier report must not be taken for this one's. */
  private static Path report(String folder) {
    Path path = Path.of(folder).toAbsolutePath();
    if (Files.exists(path.resolve("journal")) || Files.exists(path.resolve("report.json"))) {
      throw new IllegalArgumentException(path + " holds a report already; name another folder");
    }
    return path;
  }

  private static Path scripts(String folder) {
    Path path = Path.of(folder).toAbsolutePath();
    if (!Files.isDirectory(path.resolve("bin"))) {
      throw new IllegalArgumentException("--scripts needs a folder that has bin: " + path);
    }
    return path;
  }

  private static Platform platform(String name) {
    return switch (name) {
      case "systemd" -> Platform.SYSTEMD;
      case "kubeadm" -> Platform.KUBEADM;
      case "openshift41" -> Platform.OPENSHIFT41;
      default ->
          throw new IllegalArgumentException(
              "unknown platform " + name + "; there are: systemd, kubeadm, openshift41");
    };
  }

  private static Source source(String name) {
    return switch (name) {
      case "snapshot" -> Source.SNAPSHOT;
      case "own-data" -> Source.OWN_DATA;
      default ->
          throw new IllegalArgumentException(
              "unknown source " + name + "; there are: snapshot, own-data");
    };
  }

  private static void requireFitting(
      Platform platform, String etcd, Source source, @Nullable Path scripts) {
    if (platform == Platform.OPENSHIFT41 && !etcd.equals(LabBuilder.ETCD_OF_OPENSHIFT41)) {
      throw new IllegalArgumentException(
          "--platform openshift41 has etcd " + LabBuilder.ETCD_OF_OPENSHIFT41);
    }
    if (platform != Platform.OPENSHIFT41 && scripts != null) {
      throw new IllegalArgumentException("--scripts needs --platform openshift41");
    }
    if (platform == Platform.KUBEADM && etcd.startsWith("3.4.")) {
      throw new IllegalArgumentException("kubeadm does not take etcd " + etcd);
    }
    if (platform != Platform.KUBEADM && source == Source.OWN_DATA) {
      throw new IllegalArgumentException("--from own-data needs --platform kubeadm");
    }
  }

  private static String etcd(String version) {
    if (!VERSIONS.contains(version)) {
      throw new IllegalArgumentException("--etcd must have one of the values " + VERSIONS);
    }
    return version;
  }

  private static int objects(String text) {
    int objects;
    try {
      objects = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--objects needs a number, not " + text, e);
    }
    if (objects < 1 || objects > MOST_OBJECTS) {
      throw new IllegalArgumentException("--objects must be 1 to " + MOST_OBJECTS);
    }
    return objects;
  }
}
