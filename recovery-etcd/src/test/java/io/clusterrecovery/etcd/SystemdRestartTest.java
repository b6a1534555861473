package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Plan;
import io.clusterrecovery.RunContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemdRestartTest {
  private final RecordingHost host =
      new RecordingHost("10.0.0.10")
          .prints("systemctl show kubelet", "LoadState=loaded\nActiveState=active\n")
          .prints("systemctl show kube-apiserver", "LoadState=loaded\nActiveState=active\n")
          .prints("systemctl show", "LoadState=loaded\nActiveState=inactive\n");

  @Test
  void prepareRestart_revisionsNotRaised_addsWhatElseWatchesOnTheHost() {
    assertThat(restarted(false)).containsExactly("restart kube-apiserver", "restart kubelet");
  }

  @Test
  void prepareRestart_revisionsRaised_restartsWhatWasNamedAlone() {
    assertThat(restarted(true)).containsExactly("restart kube-apiserver");
  }

  private List<String> restarted(boolean raised) {
    Plan.Builder plan = Plan.of("restore", "m0");
    SystemdEtcd.unit("etcd")
        .restarting("kube-apiserver")
        .prepareRestart(host, raised, RunContext.standalone(), plan);
    return plan.build().changes().stream().map(change -> change.what()).toList();
  }
}
