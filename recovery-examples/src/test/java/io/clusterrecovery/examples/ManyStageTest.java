package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ManyStageTest {

  @Test
  void recover_twoAtOnce_bothEndWell() throws Exception {
    ManyStage.Use use = new ManyStage().recover(2);

    assertThat(use.seconds()).isPositive();
    assertThat(use.threads()).isPositive();
    assertThat(use.mebibytes()).isPositive();
  }
}
