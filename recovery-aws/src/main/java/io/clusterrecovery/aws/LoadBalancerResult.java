package io.clusterrecovery.aws;

import io.clusterrecovery.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the target groups now send traffic.
 *
 * @param groups what became of each group: {@link Updated}, or {@link ManagedByCluster} where there
 *     was nothing to do
 * @param changed what was changed by this call; empty if all was as wanted
 */
public record LoadBalancerResult(List<Group> groups, List<Change> changed) {

  /** Copies the lists. */
  public LoadBalancerResult {
    groups = List.copyOf(groups);
    changed = List.copyOf(changed);
  }

  /** {@return the healthy targets of each updated group, read back, by the group's ARN} */
  public Map<String, List<Target>> healthy() {
    Map<String, List<Target>> healthy = new LinkedHashMap<>();
    updated().forEach(group -> healthy.put(group.arn(), group.healthy()));
    return Map.copyOf(healthy);
  }

  /** {@return the groups that were worked on, or found as wanted} */
  public List<Updated> updated() {
    return groups.stream().filter(Updated.class::isInstance).map(Updated.class::cast).toList();
  }

  @Override
  public String toString() {
    return groups.stream().map(Group::toString).collect(Collectors.joining("\n"))
        + Change.lines(changed);
  }

  /** What became of one target group. */
  public sealed interface Group {
    /** {@return its ARN} */
    String arn();

    /** {@return its name} */
    String name();
  }

  /**
   * A group that now has the wanted targets.
   *
   * @param healthy its healthy targets, read back
   * @param registered what this run put in, over all its attempts
   * @param deregistered what this run took out, over all its attempts
   */
  public record Updated(
      String arn,
      String name,
      List<Target> healthy,
      List<Target> registered,
      List<Registration> deregistered)
      implements Group {
    /** Copies the lists. */
    public Updated {
      healthy = List.copyOf(healthy);
      registered = List.copyOf(registered);
      deregistered = List.copyOf(deregistered);
    }

    @Override
    public String toString() {
      return "target group %s, healthy: %s"
          .formatted(
              name, healthy.stream().map(Target::toString).collect(Collectors.joining(", ")));
    }
  }

  /**
   * A group whose targets a controller of the cluster keeps: there was nothing to do.
   *
   * @param tag the key of the tag that says so
   */
  public record ManagedByCluster(String arn, String name, String tag) implements Group {

    @Override
    public String toString() {
      return "target group %s, kept by the cluster itself (tag %s)".formatted(name, tag);
    }
  }
}
