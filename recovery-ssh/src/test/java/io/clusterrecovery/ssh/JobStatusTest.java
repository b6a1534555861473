package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobStatusTest {

  @Test
  void of_ended_hasCodeTimeAndOutput() {
    JobStatus status = status("state=ended\ncode=3\nbegan=10.50\nended=12.75\nsize=4\n\nout\n");
    assertThat(status.state()).isEqualTo(JobStatus.State.ENDED);
    assertThat(status.toResult().exitStatus()).isEqualTo(3);
    assertThat(status.toResult().took()).isEqualTo(Duration.ofMillis(2_250));
    assertThat(status.toResult().out()).isEqualTo("out\n");
  }

  @Test
  void of_lostByAReboot_isKilledAfterUnknownTime() {
    JobStatus status = status("state=lost\ncode=\nbegan=\nended=5.00\nsize=0\n\n");
    assertThat(status.toResult().exitStatus()).isEqualTo(137);
    assertThat(status.toResult().took()).isZero();
    assertThat(status.toResult().err()).contains("the host went down");
  }

  @Test
  void of_anythingElse_isAbsent() {
    assertThat(status("state=absent\n\n").state()).isEqualTo(JobStatus.State.ABSENT);
  }

  private static JobStatus status(String reply) {
    return JobStatus.of(
        Reply.parse(("@cluster-recovery@\n" + reply).getBytes(UTF_8)).orElseThrow());
  }
}
