package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkSpeedTest {
  private static final long MIB = 1 << 20;
  private final LinkSpeed speed = new LinkSpeed();

  @Test
  void known_beforeAnythingArrived_isNot() {
    assertThat(speed.known()).isEmpty();
    speed.resume(0, 1_000);
    assertThat(speed.known()).isEmpty();
  }

  @Test
  void known_steadyLine_isItsSpeedAfterAQuarterOfASecond() {
    speed.resume(5 * MIB, 0);
    speed.heard(6 * MIB, millis(100));
    speed.heard(7 * MIB, millis(200));
    assertThat(speed.known()).isEmpty();
    speed.heard(8 * MIB, millis(300));
    assertThat(speed.known()).hasValue(10.0 * MIB);
  }

  @Test
  void known_speedStillRises_isAwaited() {
    speed.resume(0, 0);
    speed.heard(MIB, millis(200));
    speed.heard(2 * MIB, millis(300));
    speed.heard(3 * MIB, millis(350));
    assertThat(speed.known()).isEmpty();
    speed.heard(4 * MIB, millis(400));
    assertThat(speed.known()).isEmpty();
    speed.heard(5 * MIB, millis(450));
    assertThat(speed.known()).hasValue(16.0 * MIB);
  }

  @Test
  void known_slowLine_isNotAwaitedForLong() {
    speed.resume(0, 0);
    speed.heard(MIB, millis(4_000));
    assertThat(speed.known()).hasValue(MIB / 4.0);
  }

  @Test
  void known_severalPiecesAtOnce_areNotTakenForAFastLine() {
    speed.resume(0, 0);
    speed.heard(MIB, millis(500));
    speed.heard(2 * MIB, millis(501));
    assertThat(speed.known()).isEmpty();
    speed.heard(3 * MIB, millis(700));
    speed.heard(4 * MIB, millis(900));
    assertThat(speed.known()).hasValue(5.0 * MIB);
  }

  @Test
  void piece_afterEachThatTookNoTime_grows() {
    speed.resume(0, 0);
    assertThat(speed.piece()).isEqualTo(MIB);
    speed.heard(MIB, millis(10));
    speed.heard(3 * MIB, millis(30));
    assertThat(speed.piece()).isEqualTo(4 * MIB);
    speed.heard(7 * MIB, millis(400));
    assertThat(speed.piece()).isEqualTo(4 * MIB);
    for (int i = 1; i < 5; i++) {
      speed.heard((7 + i) * MIB, millis(400 + i));
    }
    assertThat(speed.piece()).isEqualTo(16 * MIB);
  }

  private static long millis(long millis) {
    return millis * 1_000_000;
  }
}
