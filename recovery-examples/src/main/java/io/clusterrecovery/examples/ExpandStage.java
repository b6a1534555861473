package io.clusterrecovery.examples;

import io.clusterrecovery.Clock;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabBuilder;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An etcd of one member with a large database, and a host that joins it again and again. */
final class ExpandStage implements AutoCloseable {
  private static final String NAME = "b";
  private static final Duration PACE_BY_HAND = Duration.ofSeconds(1);
  private static final int MOST_TRIES = 300;
  private static final Pattern ID = Pattern.compile("([0-9a-f]+), started, " + NAME + ",");
  private static final Pattern ADDED = Pattern.compile("Member +([0-9a-f]+) added");

  private static final String SAVE = "cp /etc/etcd/etcd.env /root/etcd.env";

  /** Nothing of the last round is left, and nothing is on its way to the disk. */
  private static final String RESET =
      """
      systemctl stop etcd
      rm -rf /var/lib/etcd /var/lib/cluster-recovery
      cp /root/etcd.env /etc/etcd/etcd.env && sync
      """;

  private static final String START_BY_HAND =
      """
      cat >> /etc/etcd/etcd.env <<END
      ETCD_INITIAL_CLUSTER=%s
      ETCD_INITIAL_CLUSTER_STATE=existing
      END
      systemctl start --no-block etcd
      """;

  private final Lab lab;
  private final LabTools tools;
  private final LabHost first;
  private final LabHost joining;
  private final SshHost ssh;
  private final Tool etcdctl;

  private ExpandStage(Lab lab) {
    this.lab = lab;
    this.tools = new LabTools(lab);
    this.first = lab.host("a");
    this.joining = lab.create(NAME);
    this.ssh = tools.ssh(joining);
    this.etcdctl = tools.etcdctl(List.of(first));
  }

  static ExpandStage open(Path file, Consumer<String> tell) {
    Lab lab = Lab.builder().hosts("a").etcd(LabBuilder.ETCD_VERSION).etcdRunning(false).start();
    try {
      ExpandStage stage = new ExpandStage(lab);
      tell.accept("giving the first member the snapshot's content");
      stage.fill(file);
      return stage;
    } catch (RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  private void fill(Path file) {
    try (SshHost to = tools.ssh(first)) {
      new SnapshotContent(file).found(first, to);
    }
    SnapshotContent.awaitServing(first);
    joining.script(SAVE).orThrow();
  }

  double ours() throws InterruptedException {
    reset();
    RunSpan span = RunSpan.ofGrowth();
    RunContext.builder().listener(span).build().carryOut(expander());
    return span.seconds();
  }

  private MemberExpander expander() {
    return MemberExpander.on(tools.etcd(first)).add(NAME, peerUrl(joining), ssh).build();
  }

  double byHand() throws Exception {
    reset();
    double seconds = Timed.seconds(this::growByHand).measure();
    retried(tools.etcdctl(List.of(joining)), "get", "any", "--command-timeout=1s");
    return seconds;
  }

  private void growByHand() throws InterruptedException {
    String id =
        found(
            ADDED,
            etcdctl.run("member", "add", NAME, "--learner", "--peer-urls=" + peerUrl(joining)));
    String cluster = "a=%s,%s=%s".formatted(peerUrl(first), NAME, peerUrl(joining));
    joining.script(START_BY_HAND.formatted(cluster)).orThrow();
    retried(etcdctl, "member", "promote", id);
  }

  /** Each second, as by hand; etcd refuses while a member is not in sync, or has just joined. */
  private static void retried(Tool etcdctl, String... arguments) throws InterruptedException {
    for (int i = 1; ; i++) {
      try {
        etcdctl.run(arguments);
        return;
      } catch (IllegalStateException e) {
        if (i == MOST_TRIES) {
          throw e;
        }
      }
      Clock.system().pause(PACE_BY_HAND);
    }
  }

  /** Both sides begin with one member, and with the same settings on the other host. */
  private void reset() throws InterruptedException {
    Matcher voter = ID.matcher(etcdctl.run("member", "list"));
    if (voter.find()) {
      retried(etcdctl, "member", "remove", voter.group(1));
    }
    joining.script(RESET).orThrow();
    first.run("sync").orThrow();
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("etcdctl printed: " + text);
    }
    return matcher.group(1);
  }

  private URI peerUrl(LabHost host) {
    String name = host == first ? "etcd-0." + lab.zone() : host.address();
    return URI.create("https://" + name + ":2380");
  }

  @Override
  public void close() {
    ssh.close();
    lab.close();
  }
}
