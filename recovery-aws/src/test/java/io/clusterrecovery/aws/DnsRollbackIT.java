package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.testkit.AwsCall;
import io.clusterrecovery.testkit.AwsSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

class DnsRollbackIT {
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
            .syncDelay(Duration.ZERO)
            .start();
    route53 = AwsTestClients.retryingRoute53(aws.uri());
  }

  @AfterEach
  void stop() {
    route53.close();
    aws.close();
  }

  @Test
  void etcdRecords_newHosts_takeTheLostOnesIndexesAndTheServiceNamesAll() {
    List<ResourceRecordSet> before = records();
    DnsUpdater updater =
        updater(b -> b.etcdRecords("lab.test", "10.0.1.14", "10.0.0.10", "10.0.1.13", "10.0.1.15"));

    DnsResult result = updater.update();

    assertThat(values("etcd-0", "A")).containsExactly("10.0.0.10");
    assertThat(values("etcd-1", "A")).containsExactly("10.0.1.14");
    assertThat(values("etcd-2", "A")).containsExactly("10.0.1.13");
    assertThat(values("etcd-3", "A")).containsExactly("10.0.1.15");
    assertThat(values("_etcd-server-ssl._tcp", "SRV"))
        .hasSize(4)
        .last()
        .isEqualTo("0 10 2380 etcd-3.lab.test");
    assertThat(result.records()).hasSize(5);
    assertThat(updater.update().changed()).isEmpty();

    assertThat(updater.undoing(result).plan().changes()).hasSize(4);
    assertThat(updater.rollback(result).changed()).hasSize(4);
    assertThat(records()).isEqualTo(before);
    long changing = changing();
    assertThat(updater.rollback(result).changed()).isEmpty();
    assertThat(changing()).isEqualTo(changing);
  }

  @Test
  void rollback_answerLost_isConfirmed() {
    DnsUpdater updater = updater(b -> b.record("etcd-7", "10.0.1.17"));
    DnsResult result = updater.update();
    aws.faults().loseNextAnswersToChanges(1);

    assertThat(updater.rollback(result).changed()).hasSize(1);
    assertThat(values("etcd-7", "A")).isEmpty();
  }

  @Test
  void rollback_editedSince_refusesAndLeavesTheEdit() {
    DnsUpdater updater = updater(b -> b.record("etcd-1", "10.0.1.13"));
    DnsResult result = updater.update();
    put("etcd-1", "A", b -> b.ttl(60L).resourceRecords(value("10.9.9.9")));

    assertThatThrownBy(() -> updater.rollback(result))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.CONCURRENT_CHANGE);
              assertThat(e.found()).contains("10.0.1.13", "10.9.9.9");
            });
    assertThat(values("etcd-1", "A")).containsExactly("10.9.9.9");
  }

  @Test
  void update_acceptedRouted_keepsPolicyTtlAndIdentifierAndComesBack() {
    put("w", "A", b -> weighted(b, "one", 10L, "10.0.0.1"));
    put("w", "A", b -> weighted(b, "two", 20L, "10.0.0.2"));
    List<ResourceRecordSet> before = records();
    DnsUpdater updater = updater(b -> b.record("w", "10.0.1.2").acceptRouted("w", "two"));

    DnsResult result = updater.update();

    assertThat(updater.plan().forced()).containsExactly("acceptRouted(w, two)");
    assertThat(records())
        .filteredOn(set -> set.name().equals("w.lab.test."))
        .extracting(
            ResourceRecordSet::setIdentifier, ResourceRecordSet::weight, ResourceRecordSet::ttl)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("one", 10L, 33L),
            org.assertj.core.groups.Tuple.tuple("two", 20L, 33L));
    assertThat(values("w", "A")).containsExactlyInAnyOrder("10.0.0.1", "10.0.1.2");
    updater.rollback(result);
    assertThat(records()).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void update_ipv6BesideIpv4_isARecordOfItsOwn() {
    updater(b -> b.record("etcd-1", "10.0.1.13").record("etcd-1", "FD00:0::13")).update();

    assertThat(values("etcd-1", "AAAA")).containsExactly("fd00::13");
    assertThat(values("etcd-1", "A")).containsExactly("10.0.1.13");
  }

  private DnsUpdater updater(Consumer<DnsUpdaterBuilder> more) {
    DnsUpdaterBuilder builder =
        DnsUpdater.on(route53).zone(aws.zoneId()).oldTtlLimit(Duration.ZERO);
    more.accept(builder);
    return builder.build();
  }

  private static ResourceRecordSet.Builder weighted(
      ResourceRecordSet.Builder set, String identifier, long weight, String ip) {
    return set.ttl(33L).setIdentifier(identifier).weight(weight).resourceRecords(value(ip));
  }

  private List<ResourceRecordSet> records() {
    return route53.listResourceRecordSets(r -> r.hostedZoneId(aws.zoneId())).resourceRecordSets();
  }

  private List<String> values(String name, String type) {
    return records().stream()
        .filter(s -> s.name().equals(name + ".lab.test.") && s.typeAsString().equals(type))
        .flatMap(s -> s.resourceRecords().stream())
        .map(ResourceRecord::value)
        .toList();
  }

  private void put(String name, String type, Consumer<ResourceRecordSet.Builder> more) {
    ResourceRecordSet.Builder set =
        ResourceRecordSet.builder().name(name + ".lab.test.").type(type);
    more.accept(set);
    Change change =
        Change.builder().action(ChangeAction.UPSERT).resourceRecordSet(set.build()).build();
    route53.changeResourceRecordSets(
        r -> r.hostedZoneId(aws.zoneId()).changeBatch(b -> b.changes(List.of(change))));
  }

  private long changing() {
    return aws.calls().stream().filter(AwsCall::changing).count();
  }

  private static ResourceRecord value(String ip) {
    return ResourceRecord.builder().value(ip).build();
  }
}
