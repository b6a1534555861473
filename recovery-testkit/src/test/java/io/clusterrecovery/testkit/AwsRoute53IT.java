package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.PriorRequestNotCompleteException;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.Route53Exception;

class AwsRoute53IT {
  @TempDir Path dir;
  private AwsSimulator aws;
  private Route53Client route53;

  @BeforeEach
  void start() {
    aws =
        AwsSimulator.in(dir)
            .record("etcd-0", "10.0.0.10")
            .record("etcd-1", "10.0.0.11")
            .syncDelay(Duration.ofSeconds(1))
            .start();
    route53 = AwsClients.route53(aws.uri());
  }

  @AfterEach
  void stop() {
    route53.close();
    aws.close();
  }

  @Test
  void change_deleteExactAndCreate_isPendingThenInSyncThenServed() throws IOException {
    Path hosts = dir.resolve("zone.hosts");
    String id =
        change(
            item(ChangeAction.DELETE, "etcd-1", 60, "10.0.0.11"),
            item(ChangeAction.CREATE, "etcd-1", 60, "10.0.0.13"));

    assertThat(status(id)).isEqualTo(ChangeStatus.PENDING);
    assertThat(Files.readString(hosts)).contains("10.0.0.11 etcd-1.lab.test\n");
    AwsEventually.seen("in sync", () -> status(id), ChangeStatus.INSYNC::equals);
    assertThat(Files.readString(hosts))
        .isEqualTo("10.0.0.10 etcd-0.lab.test\n10.0.0.13 etcd-1.lab.test\n");
    assertThat(values("etcd-1")).containsExactly("10.0.0.13");
  }

  @Test
  void change_backToAnEarlierValue_isDone() {
    change(item(ChangeAction.DELETE, "etcd-1", 60, "10.0.0.11"));
    change(item(ChangeAction.CREATE, "etcd-1", 60, "10.0.0.13"));
    change(
        item(ChangeAction.DELETE, "etcd-1", 60, "10.0.0.13"),
        item(ChangeAction.CREATE, "etcd-1", 60, "10.0.0.11"));

    assertThat(values("etcd-1")).containsExactly("10.0.0.11");
  }

  @Test
  void change_createOfWhatIsThere_isRefusedAsAWhole() {
    assertThatThrownBy(
            () ->
                change(
                    item(ChangeAction.CREATE, "new", 60, "10.0.0.14"),
                    item(ChangeAction.CREATE, "etcd-1", 60, "10.0.0.13")))
        .isInstanceOf(InvalidChangeBatchException.class)
        .hasMessageContaining(
            "[Tried to create resource record set [name='etcd-1.lab.test.', type='A'] but it already exists]");
    assertThat(values("etcd-1")).containsExactly("10.0.0.11");
    assertThat(values("new")).isEmpty();
  }

  @Test
  void change_deleteWithAnotherTtl_isRefused() {
    assertThatThrownBy(() -> change(item(ChangeAction.DELETE, "etcd-1", 30, "10.0.0.11")))
        .isInstanceOf(InvalidChangeBatchException.class)
        .hasMessageContaining(
            "Tried to delete resource record set [name='etcd-1.lab.test.', type='A'] but the values provided do not match the current values");
  }

  @Test
  void change_deleteOfWhatIsNotThere_isRefused() {
    assertThatThrownBy(() -> change(item(ChangeAction.DELETE, "etcd-7", 60, "10.0.0.11")))
        .isInstanceOf(InvalidChangeBatchException.class)
        .hasMessageContaining("but it was not found");
  }

  @Test
  void change_unknownZone_isNoSuchHostedZone() {
    assertThatThrownBy(() -> route53.listResourceRecordSets(r -> r.hostedZoneId("ZNONE")))
        .isInstanceOf(NoSuchHostedZoneException.class);
  }

  @Test
  void change_priorRequest_isRefused() {
    aws.faults().priorRequestNotComplete(1);
    assertThatThrownBy(() -> change(item(ChangeAction.UPSERT, "etcd-1", 60, "10.0.0.13")))
        .isInstanceOf(PriorRequestNotCompleteException.class);
    assertThat(values("etcd-1")).containsExactly("10.0.0.11");
  }

  @Test
  void requests_moreThanFiveInASecond_areThrottled() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 30; i++) {
                values("etcd-1");
              }
            })
        .isInstanceOfSatisfying(
            Route53Exception.class, e -> assertThat(e.isThrottlingException()).isTrue());
  }

  @Test
  void change_answerLost_isCarriedOut() {
    aws.faults().loseNextAnswersToChanges(1);
    assertThatThrownBy(() -> change(item(ChangeAction.UPSERT, "etcd-1", 60, "10.0.0.13")))
        .isInstanceOf(SdkClientException.class);
    assertThat(values("etcd-1")).containsExactly("10.0.0.13");
  }

  @Test
  void start_serviceRecord_listsEtcdNames() throws IOException {
    assertThat(Files.readString(dir.resolve("zone.conf")))
        .isEqualTo(
            "srv-host=_etcd-server-ssl._tcp.lab.test,etcd-0.lab.test,2380,0,10\n"
                + "srv-host=_etcd-server-ssl._tcp.lab.test,etcd-1.lab.test,2380,0,10\n");
  }

  private ChangeStatus status(String id) {
    return route53.getChange(r -> r.id(id)).changeInfo().status();
  }

  private String change(Change... changes) {
    return route53
        .changeResourceRecordSets(
            r -> r.hostedZoneId(aws.zoneId()).changeBatch(b -> b.changes(Arrays.asList(changes))))
        .changeInfo()
        .id();
  }

  private java.util.List<String> values(String shortName) {
    return route53
        .listResourceRecordSets(r -> r.hostedZoneId(aws.zoneId()))
        .resourceRecordSets()
        .stream()
        .filter(set -> set.name().equals(shortName + ".lab.test."))
        .flatMap(set -> set.resourceRecords().stream())
        .map(ResourceRecord::value)
        .toList();
  }

  private static Change item(ChangeAction action, String name, long ttl, String ip) {
    ResourceRecordSet set =
        ResourceRecordSet.builder()
            .name(name + ".lab.test")
            .type("A")
            .ttl(ttl)
            .resourceRecords(ResourceRecord.builder().value(ip).build())
            .build();
    return Change.builder().action(action).resourceRecordSet(set).build();
  }
}
