package io.clusterrecovery.examples;

import io.clusterrecovery.examples.DrillOptions.Platform;
import io.clusterrecovery.testkit.LabHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The checks of etcd's content and membership, by {@code etcdctl} and {@code kubectl}. */
final class DrillChecks {
  private final DrillLab drill;
  private final DrillOptions options;
  private final PlannedRestore planned;
  private final LabTools tools;

  DrillChecks(DrillLab drill, DrillOptions options, PlannedRestore planned) {
    this.options = options;
    this.planned = planned;
    this.drill = drill;
    this.tools = new LabTools(drill.lab());
  }

  List<Check> all(HostTraces traces) {
    List<Check> checks = new ArrayList<>();
    checks.addAll(new MemberChecks(drill, options.platform(), tools).all());
    checks.add(Check.of("objects-digest-equal", this::objectsEqual));
    checks.add(
        switch (options.source()) {
          case SNAPSHOT -> Check.of("after-snapshot-absent", this::lateObjectsAbsent);
          case OWN_DATA -> Check.of("after-snapshot-present", this::lateObjectsPresent);
        });
    checks.add(planned.restoredOnce());
    checks.addAll(new NodeChecks(drill, tools).all());
    CloudChecks cloud = new CloudChecks(drill);
    if (options.platform() != Platform.KUBEADM) {
      checks.add(cloud.names());
    }
    if (options.platform() == Platform.OPENSHIFT41) {
      checks.addAll(new OpenShift41Checks(drill, tools).all());
    }
    checks.addAll(cloud.targets());
    checks.add(Check.of("hosts-clean", traces::check));
    checks.add(Check.of("hosts-unlocked", this::unlocked));
    return checks;
  }

  /** A run that has ended well gives its locks back, also those that a killed process has taken. */
  private Check unlocked() {
    List<String> locked =
        drill.members().stream()
            .filter(host -> host.run("test", "-e", "/var/lib/cluster-recovery/lock").ok())
            .map(LabHost::name)
            .toList();
    return Check.equal("hosts-unlocked", List.of(), locked);
  }

  private Check objectsEqual() {
    List<String> wrong = new ArrayList<>();
    for (LabHost host : drill.members()) {
      Map<String, String> found =
          DrillObjects.digests(tools.etcdctl(List.of(host)), DrillLab.EARLY);
      if (!found.equals(drill.digests())) {
        wrong.add(host.name() + " has " + differing(found) + " that differ or are missing");
      }
    }
    return new Check(
        "objects-digest-equal",
        wrong.isEmpty(),
        wrong.isEmpty()
            ? "content of all %d objects, on 3 members".formatted(drill.digests().size())
            : String.join("; ", wrong));
  }

  private long differing(Map<String, String> found) {
    return drill.digests().entrySet().stream()
        .filter(e -> !e.getValue().equals(found.get(e.getKey())))
        .count();
  }

  /** What was written after the snapshot is gone, and the plan had said so by kind and name. */
  private Check lateObjectsAbsent() {
    Set<String> announced = planned.lostConfigMaps();
    Set<String> written = PlannedRestore.asPlanned(drill.late());
    long late = lateObjects();
    Set<String> unannounced = new TreeSet<>(written);
    unannounced.removeAll(announced);
    Set<String> wrongly = new TreeSet<>(announced);
    wrongly.removeAll(written);
    return new Check(
        "after-snapshot-absent",
        late == 0 && unannounced.isEmpty() && wrongly.isEmpty(),
        "%d of %d there; of %d written, not in the plan %s, in the plan besides %s"
            .formatted(late, DrillLab.LATE_OBJECTS, written.size(), unannounced, wrongly));
  }

  private Check lateObjectsPresent() {
    return Check.equal("after-snapshot-present", (long) DrillLab.LATE_OBJECTS, lateObjects());
  }

  private long lateObjects() {
    String names =
        tools
            .kubectl()
            .run("get", "configmaps", "-n", DrillObjects.NAMESPACE, "-o", "name", "--chunk-size=0");
    return names.lines().filter(n -> n.contains("/" + DrillLab.LATE + "-")).count();
  }
}
