package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  private static final Change UNDOABLE = Change.of("dns", "point the record", "api.é", "a", "b");

  private static Plan.Builder some() {
    return Plan.of("restore quorum", "master-0")
        .fact("members", "3")
        .change(UNDOABLE)
        .change(TestStep.FIRST.withoutUndo())
        .forced("acceptSnapshotWithoutChecksum");
  }

  @Test
  void equals_sameWorld_isEqual() {
    assertThat(some().build()).isEqualTo(some().build()).hasSameHashCodeAs(some().build());
    assertThat(some().fact("more", "").build()).isNotEqualTo(some().build());
  }

  @Test
  void fromJson_whatToJsonGave_isEqual() {
    Plan plan = some().note("term 7").build();
    assertThat(Plan.fromJson(plan.toJson())).isEqualTo(plan);
    Plan refusing = some().refuse(Code.DISK_FULL, "No room.", "Make room.").build();
    assertThat(Plan.fromJson(refusing.toJson())).isEqualTo(refusing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "{\"operation\":\"x\"}", "plan"})
  void fromJson_noPlan_throwsIllegalArgument(String text) {
    assertThatThrownBy(() -> Plan.fromJson(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fingerprint_factsChangesRefusalsAndForced_count() {
    List<Plan> different =
        List.of(
            some().build(),
            some().fact("leader", "none").build(),
            some().change(TestStep.SECOND).build(),
            some().refuse(Code.DISK_FULL, "No room.", "Make room.").build(),
            some().forced("more").build(),
            Plan.of("restore quorum", "master-1").build());
    assertThat(different.stream().map(Plan::fingerprint)).doesNotHaveDuplicates();
  }

  @Test
  void fingerprint_notes_doNotCount() {
    assertThat(some().note("term 7").build().fingerprint()).isEqualTo(some().build().fingerprint());
  }

  @Test
  void build_withRefusals_holdsNoChanges() {
    Plan plan = some().refuse(Code.DISK_FULL, "No room.", "Make room.").build();
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.satisfied()).isFalse();
  }

  @Test
  void satisfied_nothingToDo_isTrue() {
    assertThat(Plan.of("test", "host-1").fact("members", "3").build().satisfied()).isTrue();
    assertThat(some().build().satisfied()).isFalse();
  }

  @Test
  void build_thenMoreAdded_leavesThePlanAsItWas() {
    Plan.Builder builder = some();
    Plan plan = builder.build();
    builder.fact("later", "yes");
    assertThat(plan).isEqualTo(some().build());
  }

  @Test
  void toString_withChanges_isATable() {
    Plan plan = some().note("term 7").build();
    assertThat(plan.toString().lines())
        .containsExactly(
            "Plan: restore quorum, master-0 (fingerprint " + plan.fingerprint() + ")",
            "  found   members: 3",
            "  forced  acceptSnapshotWithoutChecksum",
            "  note    term 7",
            "  what              on      from     to       undo",
            "  point the record  api.é   a        b        yes",
            "  stop etcd         host-1  running  stopped  no");
  }

  @Test
  void toString_refused_saysWhyAndWhatToDo() {
    assertThat(some().refuse(Code.DISK_FULL, "No room.", "Make room.").build().toString())
        .contains("REFUSED DISK_FULL: No room. Next: Make room.", "Nothing will be changed.");
  }

  @Test
  void toString_satisfied_saysSo() {
    assertThat(Plan.of("test", "host-1").build()).asString().contains("nothing to change");
    assertThat(TestStep.FIRST).hasToString("stop etcd on host-1: from running to stopped");
  }
}
