package io.clusterrecovery.examples;

import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The lab of a drill, from its start to the loss of two hosts.
 *
 * @param lab the lab
 * @param snapshot the snapshot that was taken before the loss
 * @param digests what the digest of every object shall be that was written before the snapshot, by
 *     its key
 * @param late what was written after the snapshot, by key: {@code created} or {@code changed}
 */
record DrillLab(Lab lab, Path snapshot, Map<String, String> digests, Map<String, String> late) {
  static final String SURVIVOR = "master-0";
  static final List<String> LOST = List.of("master-1", "master-2");
  static final List<String> NEW = List.of("master-3", "master-4");
  static final String EARLY = "early";
  static final String LATE = "late";
  static final int LATE_OBJECTS = 50;

  /** Writes objects, takes a snapshot, and writes more; then a source of each kind is there. */
  static DrillLab prepare(
      Lab lab, int objects, DrillOptions.Source source, Path folder, Consumer<String> tell) {
    LabTools tools = new LabTools(lab);
    DrillObjects writer = new DrillObjects(LabApi.client(lab.kubeconfig()));
    tell.accept("writing " + objects + " objects through the API");
    writer.makeNamespace();
    writer.write(EARLY, objects);
    Tool etcdctl = tools.etcdctl(List.of(lab.host(SURVIVOR)));
    Map<String, String> digests = DrillObjects.digests(etcdctl, EARLY);
    if (digests.size() != objects) {
      throw new IllegalStateException(
          "%d objects were written, etcd has %d".formatted(objects, digests.size()));
    }
    Path snapshot = folder.resolve("snapshot.db");
    tell.accept("taking a snapshot, then writing " + LATE_OBJECTS + " more objects");
    Map<String, Long> before = DrillObjects.revisions(etcdctl);
    etcdctl.run("snapshot", "save", snapshot.toString());
    writer.write(LATE, LATE_OBJECTS);
    writer.change(EARLY, 1);
    Map<String, String> wanted =
        switch (source) {
          case SNAPSHOT -> digests;
          case OWN_DATA -> DrillObjects.digests(etcdctl, EARLY);
        };
    return new DrillLab(lab, snapshot, wanted, DrillObjects.written(before, etcdctl));
  }

  /** Powers the lost hosts off and wipes them. */
  void lose(Consumer<String> tell) {
    for (String name : LOST) {
      tell.accept("powering off and wiping " + name);
      LabHost host = lab.host(name);
      host.powerOff();
      host.wipe();
    }
  }

  LabHost survivor() {
    return lab.host(SURVIVOR);
  }

  /** The three hosts of the control plane after a recovery. */
  List<LabHost> members() {
    return List.of(survivor(), lab.host(NEW.get(0)), lab.host(NEW.get(1)));
  }
}
