package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** This program dies at any moment of a growth, and is run again. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrowthCrashIT {
  private static final long SEED = 6;
  private static final int CRASHES = 24;

  private static final String STOP =
      "systemctl stop etcd; rm -rf /var/lib/etcd /var/lib/cluster-recovery";

  private EtcdLab lab;
  private LabHost first;
  private LabHost second;
  private SshHost ssh;

  @BeforeAll
  void start() throws Exception {
    lab = EtcdLab.of("one");
    first = lab.lab.host("one");
    second = lab.lab.create("two");
    ssh = lab.ssh(second);
    lab.etcdctl(List.of(first), "put", "/key", "v");
  }

  @AfterAll
  void stop() {
    ssh.close();
    lab.close();
  }

  @Test
  void expand_killedAtAnyMomentAndRunAgain_endsInTheSameMembership() throws Exception {
    int calls = callsOfAWholeGrowth();
    Random random = new Random(SEED);
    for (int i = 0; i < CRASHES; i++) {
      CrashingHost.When when =
          random.nextBoolean() ? CrashingHost.When.BEFORE : CrashingHost.When.AFTER;
      crashAndRunAgain(new CrashPoint(1 + random.nextInt(calls), when));
    }
  }

  private int callsOfAWholeGrowth() throws Exception {
    CrashPoint none = CrashPoint.never();
    forgetSecond(expander(none).expand());
    return none.calls();
  }

  private void crashAndRunAgain(CrashPoint point) throws Exception {
    Throwable crash = catchThrowable(() -> expander(point).expand());
    String left = lab.etcdctl(List.of(first), "member", "list");
    assertThat(left.lines().count()).as("%s left %s", point, left).isLessThanOrEqualTo(2);

    Membership grown = expander(CrashPoint.never()).expand();

    assertThat(grown.members())
        .as("%s: %s", point, crash)
        .extracting(EtcdMember::name)
        .containsExactlyInAnyOrder("one", "two");
    assertThat(grown.voters()).as("%s", point).isEqualTo(2);
    assertThat(lab.hashes(List.of(first, second))).hasSize(1);
    System.out.printf("%s of %d, left: %s%n", point, point.calls(), left.replace('\n', '|'));
    forgetSecond(grown);
  }

  private MemberExpander expander(CrashPoint point) {
    return MemberExpander.on(point.on(lab.cluster(first)))
        .add("two", EtcdLab.peer(second), point.on(RemoteHost.class, ssh))
        .build();
  }

  private void forgetSecond(Membership grown) {
    lab.remove(grown, "two", first);
    second.script(STOP).orThrow();
  }
}
