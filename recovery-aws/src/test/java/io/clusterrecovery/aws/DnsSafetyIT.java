package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.testkit.AwsCall;
import io.clusterrecovery.testkit.AwsSimulator;
import io.clusterrecovery.testkit.AwsSimulatorBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.route53.Route53Client;

/** What must hold whatever happens: no call too many, none too fast, and a crash is no harm. */
class DnsSafetyIT {
  private static final int MANY = 500;

  @TempDir Path dir;

  @Test
  void update_500Records_isOneBatchAtTheRateOfTheAccount() {
    AwsSimulatorBuilder builder = AwsSimulator.in(dir).syncDelay(Duration.ZERO);
    IntStream.range(0, MANY).forEach(i -> builder.record("n" + i, "10.1.0.1"));
    try (AwsSimulator aws = builder.start();
        Route53Client route53 = AwsTestClients.retryingRoute53(aws.uri())) {
      DnsUpdaterBuilder wanted =
          DnsUpdater.on(route53).zone(aws.zoneId()).oldTtlLimit(Duration.ZERO);
      IntStream.range(0, MANY).forEach(i -> wanted.record("n" + i, "10.2.0.1"));
      DnsUpdater updater = wanted.build();

      assertThat(updater.update().changed()).hasSize(MANY);
      assertThat(changing(aws)).hasSize(1);
      assertThat(updater.update().changed()).isEmpty();
      assertThat(changing(aws)).hasSize(1);
      assertThat(aws.calls()).extracting(AwsCall::error).containsOnly("");
    }
  }

  @Test
  void update_killedBetweenAnyTwoCalls_endsAsWithoutIt() {
    try (AwsSimulator aws =
            AwsSimulator.in(dir)
                .record("etcd-0", "10.0.0.10")
                .record("etcd-1", "10.0.0.11")
                .syncDelay(Duration.ZERO)
                .start();
        Route53Client route53 = AwsTestClients.route53(aws.uri())) {
      int calls = callsOfOneRun(aws, route53);
      assertThat(calls).isGreaterThan(4);
      for (int before = 0; before < calls; before++) {
        reset(aws, route53);
        aws.faults().cutOffAfter(before);
        RunContext killed = RunContext.builder().deadline(Duration.ofSeconds(5)).build();
        assertThatThrownBy(() -> killed.carryOut(updater(aws, route53)))
            .as("cut off after %d calls", before)
            .isInstanceOf(RecoveryException.class);

        aws.faults().cutOffAfter(Integer.MAX_VALUE);
        updater(aws, route53).update();
        assertThat(addresses(aws, route53)).as("cut off after %d calls", before).isEqualTo(WANTED);
        int changes = changing(aws).size();
        assertThat(updater(aws, route53).update().changed()).isEmpty();
        assertThat(changing(aws)).hasSize(changes);
      }
    }
  }

  private static final Map<String, String> WANTED =
      Map.of("etcd-0.lab.test.", "10.0.0.10", "etcd-1.lab.test.", "10.0.1.13");

  private static int callsOfOneRun(AwsSimulator aws, Route53Client route53) {
    int before = aws.calls().size();
    updater(aws, route53).update();
    return aws.calls().size() - before;
  }

  private static void reset(AwsSimulator aws, Route53Client route53) {
    DnsUpdater.on(route53)
        .zone(aws.zoneId())
        .record("etcd-1", "10.0.0.11")
        .oldTtlLimit(Duration.ZERO)
        .build()
        .update();
  }

  private static DnsUpdater updater(AwsSimulator aws, Route53Client route53) {
    return DnsUpdater.on(route53)
        .zone(aws.zoneId())
        .record("etcd-0", "10.0.0.10")
        .record("etcd-1", "10.0.1.13")
        .oldTtlLimit(Duration.ZERO)
        .syncLimit(Duration.ofSeconds(2))
        .build();
  }

  private static Map<String, String> addresses(AwsSimulator aws, Route53Client route53) {
    return route53
        .listResourceRecordSets(r -> r.hostedZoneId(aws.zoneId()))
        .resourceRecordSets()
        .stream()
        .filter(set -> set.typeAsString().equals("A"))
        .collect(Collectors.toMap(set -> set.name(), set -> set.resourceRecords().get(0).value()));
  }

  private static List<AwsCall> changing(AwsSimulator aws) {
    return aws.calls().stream().filter(AwsCall::changing).toList();
  }
}
