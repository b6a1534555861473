package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** Finds target groups however they were named, in few requests; tells every name that fails. */
final class GroupLookup {
  private final ElasticLoadBalancingV2Client elb;
  private final AwsCalls calls;
  private final List<Refusal> unknown;

  GroupLookup(ElasticLoadBalancingV2Client elb, AwsCalls calls, List<Refusal> unknown) {
    this.elb = elb;
    this.calls = calls;
    this.unknown = unknown;
  }

  /** Each group once, in the order in which they were named. */
  List<TargetGroup> find(List<GroupRef> named) {
    Map<String, TargetGroup> byName = new LinkedHashMap<>();
    for (List<String> names : Batches.of(names(named))) {
      groups(names, r -> r.names(names)).forEach(g -> byName.put(g.targetGroupName(), g));
    }
    Map<GroupRef, List<String>> arns = new LinkedHashMap<>();
    named.forEach(ref -> arns.put(ref, arns(ref, byName)));
    List<String> all = arns.values().stream().flatMap(List::stream).distinct().toList();
    Map<String, TargetGroup> byArn = new LinkedHashMap<>();
    byName.values().forEach(g -> byArn.put(g.targetGroupArn(), g));
    List<String> unread = all.stream().filter(arn -> !byArn.containsKey(arn)).toList();
    for (List<String> some : Batches.of(unread)) {
      groups(some, r -> r.targetGroupArns(some)).forEach(g -> byArn.put(g.targetGroupArn(), g));
    }
    return all.stream().flatMap(arn -> Optional.ofNullable(byArn.get(arn)).stream()).toList();
  }

  private static List<String> names(List<GroupRef> named) {
    return named.stream()
        .filter(GroupRef.ByName.class::isInstance)
        .map(GroupRef::toString)
        .toList();
  }

  private List<String> arns(GroupRef ref, Map<String, TargetGroup> byName) {
    if (ref instanceof GroupRef.ByArn one) {
      return List.of(one.arn());
    }
    if (ref instanceof GroupRef.ByName one) {
      TargetGroup group = byName.get(one.name());
      return group == null ? List.of() : List.of(group.targetGroupArn());
    }
    return new ListenerLookup(elb, calls, unknown).arns((GroupRef.ByListener) ref);
  }

  // AWS does not say which of several it does not know, so then each is asked about by itself.
  private List<TargetGroup> groups(
      List<String> keys, Consumer<DescribeTargetGroupsRequest.Builder> which) {
    Optional<List<TargetGroup>> all =
        known(
            TargetGroupNotFoundException.class,
            () ->
                calls.repeatable(
                    "reading target groups " + String.join(", ", keys),
                    limit ->
                        elb.describeTargetGroups(r -> which.accept(r.overrideConfiguration(limit)))
                            .targetGroups()));
    if (all.isPresent() && !all.get().isEmpty()) {
      return all.get();
    }
    if (keys.size() == 1) {
      unknown.add(unknown(keys.get(0)));
      return List.of();
    }
    boolean arns = keys.get(0).startsWith("arn:");
    List<TargetGroup> found = new ArrayList<>();
    for (String key : keys) {
      found.addAll(groups(List.of(key), r -> one(r, arns, key)));
    }
    return found;
  }

  private static void one(DescribeTargetGroupsRequest.Builder request, boolean arn, String key) {
    if (arn) {
      request.targetGroupArns(key);
    } else {
      request.names(key);
    }
  }

  private static Refusal unknown(String group) {
    return new Refusal(
        Code.TARGET_GROUP_UNKNOWN,
        "There is no target group " + group + ".",
        "Give the ARN or name of the group, and a client of its account and region.");
  }

  /** Empty where AWS says that there is no such thing. */
  static <T> Optional<T> known(Class<? extends RuntimeException> absent, Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (RuntimeException e) {
      @Nullable Throwable cause = e.getCause();
      if (absent.isInstance(cause)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  static <T> Optional<T> knownBalancer(Supplier<T> call) {
    return known(LoadBalancerNotFoundException.class, call);
  }
}
