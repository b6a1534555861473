package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabExtension;
import io.clusterrecovery.testkit.LabHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples, by their {@code main}, in the order of a recovery: of two masters one is lost, and
 * each test goes on from the last one.
 */
@TestMethodOrder(OrderAnnotation.class)
class ExamplesIT {
  @RegisterExtension
  static final LabExtension LAB =
      LabExtension.of(Lab.builder().hosts("master-0", "master-1").kubernetes(true));

  @TempDir static Path dir;
  private static Lab lab;
  private static LabTools tools;
  private static Instant lostAt;

  @BeforeAll
  static void loseAMaster(Lab up) {
    lab = up;
    tools = new LabTools(lab);
    LabSettings.setCredentials();
    Tool etcdctl = tools.etcdctl(List.of(lab.host("master-0")));
    etcdctl.run("snapshot", "save", dir.resolve("snapshot.db").toString());
    lab.host("master-1").powerOff();
    lostAt = Instant.now();
    await(
        "no leader is seen",
        () -> !etcdctl.run("endpoint", "status", "-w=json").contains("\"leader\":"));
  }

  @AfterAll
  static void forget() {
    LabSettings.clearCredentials();
  }

  @Test
  @Order(1)
  void restoreQuorum_oneOfTwoIsLeft_servesAlone() throws IOException {
    RestoreQuorum.main(settings());
    assertThat(members()).hasSize(1).allMatch(line -> line.contains("master-0"));
  }

  @Test
  @Order(2)
  void approveRequests_newMaster_isReady() throws IOException {
    lab.create("master-3");
    ApproveRequests.main(settings());
    Tool kubectl = tools.kubectl(lab.host("master-0"));
    assertThat(kubectl.run("get", "csr", "-o", "name").lines().count()).isGreaterThanOrEqualTo(2);
    assertThat(kubectl.run("wait", "node/master-3", "--for=condition=Ready", "--timeout=60s"))
        .contains("condition met");
  }

  @Test
  @Order(3)
  void correctDns_recordOfTheLost_leadsToTheNew() throws IOException {
    CorrectDns.main(settings());
    await(
        "the resolver gives it",
        () ->
            lab.host("master-0")
                .run("getent", "hosts", "etcd-1." + lab.zone())
                .out()
                .startsWith(lab.host("master-3").address() + " "));
  }

  @Test
  @Order(4)
  void growEtcd_newMaster_votes() throws IOException {
    GrowEtcd.main(settings());
    assertThat(members())
        .hasSize(2)
        .anyMatch(line -> line.contains("started, master-3"))
        .allMatch(line -> line.endsWith("false"));
  }

  @Test
  @Order(5)
  void correctLoadBalancer_newMasterServes_theLostIsOut() throws IOException {
    CorrectLoadBalancer.main(settings());
    try (LabCloud cloud = LabCloud.of(lab.awsEndpoint())) {
      assertThat(
              cloud
                  .balancing()
                  .describeTargetHealth(r -> r.targetGroupArn(lab.internalTargetGroup()))
                  .targetHealthDescriptions())
          .filteredOn(described -> described.targetHealth().stateAsString().equals("healthy"))
          .extracting(described -> described.target().id())
          .containsExactlyInAnyOrder(
              lab.host("master-0").address(), lab.host("master-3").address());
    }
  }

  @Test
  @Order(6)
  void weeklyDrill_latestSnapshot_isRehearsedBesideTheCluster() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try (SshHost host = tools.ssh(lab.host("master-0"))) {
      new WeeklyDrill(host, dir, told::add).start(timer, Duration.ofDays(7));
      assertThat(told.poll(60, TimeUnit.SECONDS)).matches("Rehearsal of .*\\.db held: .*");
    } finally {
      timer.shutdownNow();
    }
    assertThat(members()).hasSize(2);
  }

  @Test
  @Order(7)
  void replaceMember_oneOfThreeFailed_isReplaced() throws IOException {
    LabHost fourth = lab.create("master-4");
    GrowEtcd.main(settings("new=master-4"));
    assertThat(members()).hasSize(3);
    fourth.powerOff();
    lab.create("master-5");
    // Answers once there is a leader again.
    tools.etcdctl(List.of(lab.host("master-0"))).run("endpoint", "health");
    ReplaceMember.main(settings("new=master-5", "lost=master-4"));
    assertThat(members())
        .hasSize(3)
        .anyMatch(line -> line.contains("started, master-5"))
        .noneMatch(line -> line.contains("master-4"));
  }

  private static void await(String what, BooleanSupplier holds) {
    RunContext.standalone()
        .await(
            Wait.named(what, Duration.ofSeconds(30)),
            () -> holds.getAsBoolean() ? Poll.done(true) : Poll.notYet("not yet"));
  }

  private static List<String> members() {
    return tools.etcdctl(List.of(lab.host("master-0"))).run("member", "list").lines().toList();
  }

  /** The lab's resolver keeps no answers, so none is waited for. */
  private static String[] settings(String... more) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "peer.master-0=https://etcd-0." + lab.zone() + ":2380",
                "peer.master-3=https://etcd-1." + lab.zone() + ":2380",
                "new=master-3",
                "record.master-3=etcd-1",
                "restored.at=" + lostAt,
                "zone=" + lab.zoneId(),
                "dns.patience=PT0S",
                "target.group=" + lab.internalTargetGroup(),
                "aws.endpoint=" + lab.awsEndpoint()));
    all.addAll(List.of(more));
    return new LabSettings(lab, dir).with(all.toArray(String[]::new));
  }
}
