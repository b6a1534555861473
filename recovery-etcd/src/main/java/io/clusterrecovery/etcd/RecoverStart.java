package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import io.clusterrecovery.etcd.MemberStarter.Start;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A new member on a master of OpenShift 4.1, by the release's recovery script. */
final class RecoverStart implements Start {
  private static final Duration STOP_LIMIT = Duration.ofMinutes(5);

  /** What the script prints every ten seconds, without end. */
  private static final String WAITING = "Waiting for certs to generate..";

  /** How often in a row the signer may be away, while the script waits for it. */
  private static final int MISSES = 2;

  /** Arguments: address, port. */
  private static final String REACH = "exec timeout 5 bash -c 'exec 3<>\"/dev/tcp/$0/$1\"' \"$@\"";

  private final JoiningMember member;
  private final RecoverOrder order;
  private final RestorePaths paths;
  private final Optional<String> leftover;
  private final RunContext run;
  private final RecoverJob job;
  private int misses;

  /**
   * Takes what was seen.
   *
   * @param order what the script is given
   * @param leftover whose old data is to go first
   */
  RecoverStart(
      JoiningMember member,
      RecoverOrder order,
      RestorePaths paths,
      Optional<String> leftover,
      RunContext run) {
    this.member = member;
    this.order = order;
    this.paths = paths;
    this.leftover = leftover;
    this.run = run;
    this.job = new RecoverJob(member.host(), member.name());
  }

  @Override
  public Optional<Change> clearing() {
    return leftover.map(
        whose ->
            Change.of(
                "grow/old-data/" + host().name(),
                "move old etcd data aside",
                host().name(),
                whose,
                "none"));
  }

  @Override
  public void clear() {
    stopEtcd();
  }

  /** Without a signer, or a way to it, the script would wait without end, with etcd stopped. */
  @Override
  public void add() {
    if (!job.runs()) {
      requireReached(EtcdSigner.PORT, "the signer of certificates");
      requireReached(2379, "etcd");
      rewriteConf(EtcdConf.withoutBlocks(conf()));
    }
    job.start(order, paths.runFolder(), run);
    RecoverJob.Ended ended = job.follow(order.limit(), this::told).orElseThrow(this::vanished);
    if (ended.output().added().isEmpty()) {
      throw run.failure(
          Code.COMMAND_FAILED,
          "On %s, etcd-member-recover.sh ended with %s before the cluster had taken %s; there, %s."
              .formatted(
                  host().name(),
                  ended.result().summary(),
                  member.name(),
                  ended.output().stage().host()),
          "Correct what it says, then run the step again.",
          null);
    }
  }

  private RuntimeException vanished() {
    return run.failure(
        Code.CONCURRENT_CHANGE,
        "What was started on %s as %s is not known there any more.".formatted(host().name(), job),
        "Find out who removed it, then run the step again.",
        null);
  }

  /** A signer that is gone leaves the script waiting with etcd stopped, so it is looked for. */
  private void told(String line) {
    run.line(line);
    if (line.strip().equals(WAITING)) {
      misses = reaches(EtcdSigner.PORT) ? 0 : misses + 1;
      if (misses == MISSES) {
        throw run.failure(
            Code.HOST_UNREACHABLE,
            "%s does not reach the signer of certificates at %s:%d any more, and etcd-member-recover.sh waits for it without end."
                .formatted(host().name(), order.address(), EtcdSigner.PORT),
            "Find out what has ended the signer, then run the step again, which starts another.",
            null);
      }
    }
  }

  private boolean reaches(int port) {
    return host()
        .run(
            Command.of("bash", "-c", REACH, "bash", order.address(), String.valueOf(port))
                .limit(HostData.LOOK_LIMIT))
        .succeeded();
  }

  private void requireReached(int port, String what) {
    if (!reaches(port)) {
      throw run.failure(
          Code.HOST_UNREACHABLE,
          "%s does not reach %s at %s:%d.".formatted(host().name(), what, order.address(), port),
          "Grow etcd by EtcdSigner.during(…), and let the new masters reach that port.",
          null);
    }
  }

  /**
   * Where the script was stopped between the add and the start, or etcd did not come up, what is
   * left of it is done.
   */
  @Override
  public void start(List<String> initialCluster) {
    if (job.runs()) {
      job.follow(order.limit(), this::told);
    }
    String conf = conf();
    if (!EtcdConf.hasBlock(conf)) {
      String peer = member.peerUrl().toString();
      rewriteConf(EtcdConf.withBlock(conf, member.name(), peer, initialCluster));
    }
    RecoverScripts.startEtcd(host());
  }

  private String conf() {
    return host()
        .read(RecoverScripts.CONF)
        .map(bytes -> new String(bytes, UTF_8))
        .orElseThrow(
            () ->
                run.failure(
                    Code.FILE_UNREADABLE,
                    "%s has no %s.".formatted(host().name(), RecoverScripts.CONF),
                    "Make sure that it is a master of OpenShift 4.1.",
                    null));
  }

  private void rewriteConf(String text) {
    if (!text.equals(conf())) {
      RecoverScripts.writeConf(host(), text);
    }
  }

  @Override
  public OptionalLong received() {
    return HostData.received(host(), RecoverHost.DATA);
  }

  @Override
  public Optional<Change> ending() {
    return job.runs()
        ? Optional.of(
            Change.of(
                "grow/end-script/" + host().name(),
                "end etcd-member-recover.sh",
                host().name(),
                "running",
                "ended"))
        : Optional.empty();
  }

  @Override
  public void end() {
    job.end();
  }

  @Override
  public void settled() {
    job.stop(paths.runFolder());
    RecoverScripts.tidy(host());
  }

  /** As long as the script was not started, the host is as it was. */
  @Override
  public void undo() {
    if (job.exists()) {
      job.stop(paths.runFolder());
      stopEtcd();
    }
  }

  /** In this order, no container can come back while its data is moved. */
  private void stopEtcd() {
    RecoverScripts.stopEtcd(host());
    run.await(
        Wait.named("etcd stopped on " + host().name(), STOP_LIMIT),
        () -> RecoverScripts.runsEtcd(host()) ? Poll.notYet("it runs still") : Poll.done(true));
    HostFile.must(host(), RestoreScripts.moveLearnerAside(paths));
  }

  private RemoteHost host() {
    return member.host();
  }

  /** As the report names it. */
  @Override
  public String toString() {
    return "etcd-member-recover.sh on " + host().name();
  }
}
