package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Code;
import io.clusterrecovery.Event;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.testkit.AwsCall;
import io.clusterrecovery.testkit.AwsSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.route53.Route53Client;

/** How calls behave that fail, with a client that would repeat them by itself. */
class AwsCallsIT {
  private static final int ATTEMPTS_WHEN_BUSY = 7;

  @TempDir Path dir;
  private AwsSimulator aws;
  private Route53Client route53;

  @BeforeEach
  void start() {
    aws = AwsSimulator.in(dir).record("etcd-1", "10.0.0.11").syncDelay(Duration.ZERO).start();
    route53 = AwsTestClients.retryingRoute53(aws.uri());
  }

  @AfterEach
  void stop() {
    route53.close();
    aws.close();
  }

  @Test
  void throttledForGood_isAskedAsOftenAsOurRuleSaysAndNotMultiplied() {
    aws.faults().throttleNext(Integer.MAX_VALUE);

    assertThatThrownBy(updater()::update)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> told(e, Code.CLOUD_BUSY, "Throttling"));
    assertThat(aws.calls()).hasSize(ATTEMPTS_WHEN_BUSY);
  }

  @Test
  void priorRequestForGood_failsByItsOwnNameAndNothingIsChanged() {
    aws.faults().priorRequestNotComplete(Integer.MAX_VALUE);

    assertThatThrownBy(() -> impatient().carryOut(updater()))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              told(e, Code.CLOUD_BUSY, "PriorRequestNotComplete");
              assertThat(e.next()).contains("this zone");
            });
    assertThat(aws.calls().stream().filter(AwsCall::changing)).hasSize(ATTEMPTS_WHEN_BUSY);
    aws.faults().priorRequestNotComplete(0);
    assertThat(updater().plan().changes()).hasSize(1);
  }

  @Test
  void connectionCutForGood_isRepeatedThreeTimes() {
    aws.faults().cutOffAfter(0);
    List<Integer> retried = new ArrayList<>();
    RunContext run =
        RunContext.builder()
            .listener(
                event -> {
                  if (event instanceof Event.Retried r) {
                    retried.add(r.attempt());
                  }
                })
            .build();

    assertThatThrownBy(() -> run.carryOut(updater()))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.CLOUD_UNREACHABLE));
    assertThat(retried).containsExactly(1, 2, 3);
  }

  @Test
  void credentialsExpired_isNotRepeated() {
    aws.faults().credentialsExpired(true);

    assertThatThrownBy(updater()::update)
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> told(e, Code.CLOUD_CREDENTIALS_EXPIRED, "ExpiredToken: The security token"));
    assertThat(aws.calls()).hasSize(1);
  }

  @Test
  void credentialsExpireWhileWaiting_whatWasChangedIsTold() {
    aws.faults().holdPending(true);
    RunContext run =
        RunContext.builder()
            .listener(
                event -> {
                  if (event instanceof Event.WaitProgress) {
                    aws.faults().credentialsExpired(true);
                  }
                })
            .build();

    assertThatThrownBy(() -> run.carryOut(updater()))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              told(e, Code.CLOUD_CREDENTIALS_EXPIRED, "ExpiredToken");
              assertThat(e.changed()).hasSize(1);
              assertThat(e.unknown()).isEqualTo("nothing");
            });
  }

  private static void told(RecoveryException e, Code code, String found) {
    assertThat(e.code()).isEqualTo(code);
    assertThat(e.found()).contains(found);
  }

  private DnsUpdater updater() {
    return DnsUpdater.on(route53).zone(aws.zoneId()).record("etcd-1", "10.0.1.13").build();
  }

  // Long pauses are cut short; those of the pace are not, or the simulator would throttle too.
  private static RunContext impatient() {
    return RunContext.builder().clock(new Impatient()).build();
  }

  private static final class Impatient implements Clock {
    private static final Duration LONGEST = Duration.ofMillis(400);

    @Override
    public Instant now() {
      return Clock.system().now();
    }

    @Override
    public Duration elapsed() {
      return Clock.system().elapsed();
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
      Clock.system().pause(time.compareTo(LONGEST) > 0 ? LONGEST : time);
    }
  }
}
