package io.clusterrecovery.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.clusterrecovery.examples.DrillOptions.Platform;
import io.clusterrecovery.testkit.LabHost;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The checks of etcd's membership, by {@code etcdctl}. */
final class MemberChecks {
  private final DrillLab drill;
  private final Platform platform;
  private final LabTools tools;

  MemberChecks(DrillLab drill, Platform platform, LabTools tools) {
    this.drill = drill;
    this.platform = platform;
    this.tools = tools;
  }

  List<Check> all() {
    return List.of(
        Check.of("members-3-started", this::membersStarted),
        Check.of("hash-equal", this::hashEqual));
  }

  private Check membersStarted() {
    String json = tools.etcdctl(List.of(drill.survivor())).run("member", "list", "-w", "json");
    Set<String> found = new TreeSet<>();
    for (JsonNode member : DrillObjects.parse(json).path("members")) {
      boolean learner = member.path("isLearner").asBoolean();
      String name = member.path("name").asText();
      found.add((name.isEmpty() ? "unstarted" : name) + (learner ? " (learner)" : ""));
    }
    Set<String> wanted =
        new TreeSet<>(
            drill.members().stream().map(LabHost::name).map(platform::memberName).toList());
    return Check.equal("members-3-started", wanted, found);
  }

  /** At one revision, since the members may be a moment apart. */
  private Check hashEqual() {
    String status =
        tools.etcdctl(List.of(drill.survivor())).run("endpoint", "status", "-w", "json");
    long revision =
        DrillObjects.parse(status).path(0).path("Status").path("header").path("revision").asLong();
    String json =
        tools.etcdctl(drill.members()).run("endpoint", "hashkv", "--rev=" + revision, "-w", "json");
    Set<Long> hashes = new HashSet<>();
    int answers = 0;
    for (JsonNode endpoint : DrillObjects.parse(json)) {
      hashes.add(endpoint.path("HashKV").path("hash").asLong());
      answers++;
    }
    boolean ok = answers == 3 && hashes.size() == 1;
    return new Check(
        "hash-equal", ok, "%s of %d members at revision %d".formatted(hashes, answers, revision));
  }
}
