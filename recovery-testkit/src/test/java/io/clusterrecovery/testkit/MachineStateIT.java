package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineStateIT {
  @Test
  void look_anyMachine_seesEnoughToNoticeAChange() {
    MachineState state = MachineState.look();

    assertThat(state.facts().get("etc")).contains("/etc/passwd", "/etc/hosts");
    assertThat(state.facts().get("settings")).contains("vm.overcommit_memory", "kernel.panic");
    assertThat(state.facts().get("links")).contains("lo").doesNotContain("lab0");
    assertThat(state.facts().get("host name")).isNotEmpty();
  }
}
