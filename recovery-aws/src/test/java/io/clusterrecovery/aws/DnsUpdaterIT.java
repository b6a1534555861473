package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import io.clusterrecovery.testkit.AwsSimulator;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

class DnsUpdaterIT {
  @TempDir Path dir;
  private AwsSimulator aws;
  private Route53Client route53;

  @BeforeEach
  void start() {
    aws =
        AwsSimulator.in(dir)
            .record("etcd-0", "10.0.0.10")
            .record("etcd-1", "10.0.0.11")
            .record("etcd-2", "10.0.0.12")
            .ttl(Duration.ofSeconds(1))
            .syncDelay(Duration.ofMillis(500))
            .start();
    route53 = AwsTestClients.retryingRoute53(aws.uri());
  }

  @AfterEach
  void stop() {
    route53.close();
    aws.close();
  }

  @Test
  void update_unknownZone_refusesAndNothingIsTouched() throws Exception {
    DnsUpdater updater = DnsUpdater.on(route53).zone("ZNONE").record("etcd-1", "10.0.1.13").build();

    assertThat(updater.plan().refusals()).extracting("code").containsExactly(Code.ZONE_UNKNOWN);
    assertThatThrownBy(updater::update)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("There is no hosted zone ZNONE");
    assertThat(served()).contains("10.0.0.11 etcd-1.lab.test");
  }

  @Test
  void update_endpointNeverAnswers_refusesWithinItsLimit() throws Exception {
    aws.faults().silent(true);
    DnsUpdater updater = wanted(b -> b.callLimit(Duration.ofSeconds(2)));
    long start = System.nanoTime();

    assertThatThrownBy(updater::update)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.CLOUD_UNREACHABLE));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(served()).contains("10.0.0.11 etcd-1.lab.test");
  }

  @Test
  void update_nobodyListens_refuses() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    try (Route53Client nobody = AwsTestClients.route53(URI.create("http://127.0.0.1:" + free))) {
      DnsUpdater updater = DnsUpdater.on(nobody).zone("Z1").record("a", "10.0.1.13").build();
      assertThatThrownBy(updater::update)
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.CLOUD_UNREACHABLE));
    }
  }

  @Test
  void update_whatDiffers_isChangedOnceAndServed() throws Exception {
    DnsUpdater updater =
        wanted(b -> b.record("etcd-0", "10.0.0.10").record("etcd-7.lab.test", "10.0.1.17"));

    DnsResult first = updater.update();
    DnsResult second = updater.update();

    assertThat(first.changed())
        .extracting(Change::on, Change::from, Change::to)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "etcd-1.lab.test A in zone " + aws.zoneId(),
                "10.0.0.11 (TTL 1 s)",
                "10.0.1.13 (TTL 1 s)"),
            org.assertj.core.groups.Tuple.tuple(
                "etcd-7.lab.test A in zone " + aws.zoneId(), "absent", "10.0.1.17 (TTL 60 s)"));
    assertThat(second.changed()).isEmpty();
    assertThat(updater.plan().satisfied()).isTrue();
    assertThat(served())
        .contains("10.0.1.13 etcd-1.lab.test", "10.0.1.17 etcd-7.lab.test")
        .doesNotContain("10.0.0.11");
  }

  @Test
  void update_editedMeanwhile_failsWithBothValuesAndKeepsTheOther() {
    DnsUpdater updater = wanted(b -> {});
    RunContext run = RunContext.standalone();
    Prepared<DnsResult> prepared = updater.prepare(run);
    upsert("etcd-1", b -> b.ttl(60L).resourceRecords(value("10.9.9.9")));

    assertThatThrownBy(() -> prepared.act().apply(run))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.CONCURRENT_CHANGE);
              assertThat(e.found()).contains("10.0.0.11", "10.9.9.9");
              assertThat(e.changed()).isEmpty();
              assertThat(e.getCause())
                  .isInstanceOfSatisfying(
                      DnsConflictException.class,
                      typed ->
                          assertThat(typed.conflicts())
                              .containsExactly(
                                  new DnsConflictException.Conflict(
                                      "etcd-1.lab.test A",
                                      "10.0.0.11 (TTL 1 s)",
                                      "10.9.9.9 (TTL 60 s)")));
            });
    assertThat(value("etcd-1", "A")).containsExactly("10.9.9.9");
  }

  @Test
  void update_answerLostAndNotRepeated_isConfirmed() {
    try (Route53Client client = AwsTestClients.route53(aws.uri())) {
      aws.faults().loseNextAnswersToChanges(1);
      DnsResult result = etcd1(client).update();
      assertThat(result.changed()).hasSize(1);
    }
    assertThat(value("etcd-1", "A")).containsExactly("10.0.1.13");
  }

  @Test
  void update_answerLostAndRepeatedByTheClient_isConfirmed() {
    DnsUpdater updater = etcd1(route53);
    Prepared<DnsResult> prepared = updater.prepare(RunContext.standalone());
    aws.faults().loseNextAnswersToChanges(1);

    assertThat(prepared.act().apply(RunContext.standalone()).changed()).hasSize(1);
    assertThat(value("etcd-1", "A")).containsExactly("10.0.1.13");
  }

  @Test
  void update_requestLost_isSentAgain() {
    try (Route53Client client = AwsTestClients.route53(aws.uri())) {
      Prepared<DnsResult> prepared = etcd1(client).prepare(RunContext.standalone());
      aws.faults().loseNextRequests(1);
      assertThat(prepared.act().apply(RunContext.standalone()).changed()).hasSize(1);
    }
    assertThat(value("etcd-1", "A")).containsExactly("10.0.1.13");
  }

  @Test
  void update_throttledAndBusy_isDoneAllTheSame() {
    try (Route53Client client = AwsTestClients.route53(aws.uri())) {
      aws.faults().throttleNext(2);
      aws.faults().priorRequestNotComplete(2);
      assertThat(etcd1(client).update().changed()).hasSize(1);
    }
  }

  @Test
  void update_neverInSync_timesOutSayingWhatWasChanged() {
    aws.faults().holdPending(true);
    DnsUpdater updater = wanted(b -> b.syncLimit(Duration.ofSeconds(2)));

    assertThatThrownBy(updater::update)
        .isInstanceOfSatisfying(
            TimedOutException.class,
            e -> {
              assertThat(e.waitingFor()).endsWith("in sync");
              assertThat(e.found()).contains("PENDING");
              assertThat(e.changed()).hasSize(1);
            });
  }

  @Test
  void plan_recordsOfOtherKinds_areAllRefusedByName() {
    upsert(
        "w", b -> b.ttl(60L).setIdentifier("one").weight(10L).resourceRecords(value("10.0.0.1")));
    upsert("m", b -> b.ttl(60L).resourceRecords(value("10.0.0.1"), value("10.0.0.2")));
    Plan plan =
        wanted(
                b ->
                    b.record("w", "10.0.1.1")
                        .record("m", "10.0.1.2")
                        .record("a.other.test", "10.0.1.3"))
            .plan();

    assertThat(plan.refusals())
        .extracting("found")
        .asString()
        .contains(
            "w.lab.test is of kind weighted",
            "m.lab.test is of kind multi-value",
            "a.other.test is not in zone");
    assertThat(plan.changes()).isEmpty();
  }

  @Test
  void update_oldTtl_isWaitedForUpToItsLimit() {
    upsert("short", b -> b.ttl(2L).resourceRecords(value("10.0.0.1")));
    upsert("long", b -> b.ttl(3600L).resourceRecords(value("10.0.0.1")));
    long start = System.nanoTime();
    DnsResult waited = updating(b -> b.record("short", "10.0.1.1")).update();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
    DnsUpdater notWaiting =
        updating(b -> b.record("long", "10.0.1.1").oldTtlLimit(Duration.ofSeconds(1)));

    assertThat(notWaiting.plan().notes()).asString().contains("3600 s", "1 s at most");
    assertThat(waited.staleUntil().orElseThrow()).isBefore(Instant.now());
    assertThat(notWaiting.update().staleUntil().orElseThrow())
        .isAfter(Instant.now().plusSeconds(3000));
  }

  private DnsUpdater updating(Consumer<DnsUpdaterBuilder> more) {
    DnsUpdaterBuilder builder = DnsUpdater.on(route53).zone(aws.zoneId());
    more.accept(builder);
    return builder.build();
  }

  private DnsUpdater wanted(Consumer<DnsUpdaterBuilder> more) {
    DnsUpdaterBuilder builder =
        DnsUpdater.on(route53).zone(aws.zoneId()).record("etcd-1", "10.0.1.13");
    more.accept(builder);
    return builder.build();
  }

  private DnsUpdater etcd1(Route53Client client) {
    return DnsUpdater.on(client).zone(aws.zoneId()).record("etcd-1", "10.0.1.13").build();
  }

  private String served() throws Exception {
    return Files.readString(dir.resolve("zone.hosts"));
  }

  private List<String> value(String name, String type) {
    return route53
        .listResourceRecordSets(r -> r.hostedZoneId(aws.zoneId()))
        .resourceRecordSets()
        .stream()
        .filter(s -> s.name().equals(name + ".lab.test.") && s.typeAsString().equals(type))
        .flatMap(s -> s.resourceRecords().stream())
        .map(ResourceRecord::value)
        .toList();
  }

  private void upsert(String name, Consumer<ResourceRecordSet.Builder> more) {
    ResourceRecordSet.Builder set = ResourceRecordSet.builder().name(name + ".lab.test.").type("A");
    more.accept(set);
    software.amazon.awssdk.services.route53.model.Change change =
        software.amazon.awssdk.services.route53.model.Change.builder()
            .action(ChangeAction.UPSERT)
            .resourceRecordSet(set.build())
            .build();
    route53.changeResourceRecordSets(
        r -> r.hostedZoneId(aws.zoneId()).changeBatch(b -> b.changes(List.of(change))));
  }

  private static ResourceRecord value(String ip) {
    return ResourceRecord.builder().value(ip).build();
  }
}
