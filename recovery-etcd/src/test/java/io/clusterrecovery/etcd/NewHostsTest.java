package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RunContext;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Which hosts may become new members, and in whose place. */
class NewHostsTest {
  private final SteppedClock clock = new SteppedClock();
  private final FakeEtcd etcd = new FakeEtcd(clock);

  @Test
  void plan_hostWithTheAddressOfAVoter_isRefused() {
    RecordingHost host =
        new RecordingHost("host-two")
            .prints("machine-id", "machine m1\naddresses 10.0.0.1\nname one.test 10.0.0.1\n");

    assertThat(run().plan(onHosts(host, new RecordingHost("host-three"))).refusals())
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.MEMBER_ALREADY_THERE))
        .satisfies(r -> assertThat(r.found()).contains("host-two", "an address of member one"));
  }

  @Test
  void plan_oneMachineUnderTwoNames_isRefused() {
    RecordingHost two = new RecordingHost("host-two").prints("machine-id", "machine m1\n");
    RecordingHost three = new RecordingHost("host-three").prints("machine-id", "machine m1\n");

    assertThat(run().plan(onHosts(two, three)).refusals())
        .singleElement()
        .satisfies(
            r -> assertThat(r.found()).contains("host-three", "the machine id of member two"));
  }

  @Test
  void plan_hostWithTheMachineIdOfAVotersHost_isRefused() {
    RecordingHost one = new RecordingHost("host-one").prints("machine-id", "machine m1\n");
    RecordingHost two = new RecordingHost("host-two").prints("machine-id", "machine m1\n");

    MemberExpander expander =
        MemberExpander.on(etcd.cluster())
            .add("two", FakeEtcd.peer("two"), two)
            .hostOf("one", one)
            .starter((member, run, plan) -> new FakeStart(etcd, member.name()))
            .build();

    assertThat(run().plan(expander).refusals())
        .singleElement()
        .satisfies(r -> assertThat(r.found()).contains("the machine id of member one"));
  }

  @Test
  void plan_replacedMemberWhosePeerPortAnswersTheNewHost_isRefused() {
    etcd.put(FakeEtcd.member("9", "nine", EtcdMember.Role.VOTER));
    etcd.put(FakeEtcd.member("8", "eight", EtcdMember.Role.VOTER));
    etcd.serve(URI.create("http://nine.test:2379"), "9");
    RecordingHost open = new RecordingHost("host-two").prints("/dev/tcp", "0 open\nasked\n");
    RecordingHost silent = new RecordingHost("host-two").prints("/dev/tcp", "asked\n");

    assertThat(run().plan(replacing("eight", open)).refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.LOST_MEMBER_ALIVE);
    assertThat(run().plan(replacing("eight", silent)).changes())
        .extracting(Change::id)
        .startsWith("grow/remove/eight", "grow/add-learner/two");
  }

  @Test
  void replace_deadMember_isRemovedBeforeTheAdd() {
    etcd.put(FakeEtcd.member("9", "nine", EtcdMember.Role.VOTER));
    etcd.put(FakeEtcd.member("8", "eight", EtcdMember.Role.VOTER));
    etcd.serve(URI.create("http://nine.test:2379"), "9");
    RecordingHost silent = new RecordingHost("host-two").prints("/dev/tcp", "asked\n");

    Membership grown = run().carryOut(replacing("eight", silent));

    assertThat(etcd.events)
        .containsExactly("removal asked", "removed", "add", "started", "promoted", "settled");
    assertThat(grown.members())
        .extracting(EtcdMember::name)
        .containsExactlyInAnyOrder("one", "nine", "two");
  }

  @Test
  void plan_replacedMemberThatIsNotListed_isOnlyTakenForRemovedWhereTheHostKnowsSo() {
    etcd.put(FakeEtcd.member("9", "nine", EtcdMember.Role.VOTER));
    etcd.put(FakeEtcd.member("8", "eight", EtcdMember.Role.VOTER));
    etcd.serve(URI.create("http://nine.test:2379"), "9");
    etcd.serve(URI.create("http://eight.test:2379"), "8");
    RecordingHost knows = new RecordingHost("host-two").prints("replaced-member", "c 7 seven\n");
    RecordingHost ofAnother =
        new RecordingHost("host-two").prints("replaced-member", "x 7 seven\n");

    assertThat(run().plan(replacing("seven", knows)).refusals()).isEmpty();
    assertThat(run().plan(replacing("7", knows)).refusals()).isEmpty();
    assertThat(run().plan(replacing("seven", ofAnother)).refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.MEMBER_UNKNOWN);
    assertThat(run().plan(replacing("severn", knows)).refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.MEMBER_UNKNOWN);
  }

  private MemberExpander replacing(String failed, RecordingHost host) {
    return MemberExpander.on(etcd.cluster())
        .replace(failed, "two", FakeEtcd.peer("two"), host)
        .starter((member, run, plan) -> new FakeStart(etcd, member.name()))
        .build();
  }

  private MemberExpander onHosts(RecordingHost two, RecordingHost three) {
    return MemberExpander.on(etcd.cluster())
        .add("two", FakeEtcd.peer("two"), two)
        .add("three", FakeEtcd.peer("three"), three)
        .starter((member, run, plan) -> new FakeStart(etcd, member.name()))
        .build();
  }

  private RunContext run() {
    return RunContext.builder().clock(clock).build();
  }
}
