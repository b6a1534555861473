package io.clusterrecovery.aws;

import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Reads target groups, and the load balancers that use them; never judges. */
final class BalancerObserver {
  private final ElasticLoadBalancingV2Client elb;
  private final AwsCalls calls;

  BalancerObserver(ElasticLoadBalancingV2Client elb, AwsCalls calls) {
    this.elb = elb;
    this.calls = calls;
  }

  BalancersSeen look(List<GroupRef> named) {
    List<Refusal> unknown = new ArrayList<>();
    List<TargetGroup> groups = new GroupLookup(elb, calls, unknown).find(named);
    List<String> balancers =
        groups.stream().flatMap(g -> g.loadBalancerArns().stream()).distinct().toList();
    Set<String> internal = internal(balancers);
    Map<String, Set<String>> tags = tagKeys(groups, balancers);
    List<GroupSeen> seen = groups.stream().map(g -> seen(g, internal, tags)).toList();
    return new BalancersSeen(seen, List.copyOf(unknown));
  }

  private GroupSeen seen(
      TargetGroup group, Set<String> internal, Map<String, Set<String>> tagKeys) {
    List<String> balancers = group.loadBalancerArns();
    Set<String> keys = new HashSet<>(tagKeys.getOrDefault(group.targetGroupArn(), Set.of()));
    balancers.forEach(arn -> keys.addAll(tagKeys.getOrDefault(arn, Set.of())));
    return new GroupSeen(
        group.targetGroupArn(),
        group.targetGroupName(),
        group.targetTypeAsString(),
        group.ipAddressType() == null ? "ipv4" : group.ipAddressTypeAsString(),
        group.port() == null ? 0 : group.port(),
        balancers,
        balancers.stream().anyMatch(internal::contains),
        Set.copyOf(keys),
        calls.repeatable(
            "reading targets of " + group.targetGroupName(),
            limit -> targets(group.targetGroupArn(), limit)));
  }

  TargetList targets(String arn, AwsRequestOverrideConfiguration limit) {
    return new TargetList(
        elb
            .describeTargetHealth(r -> r.targetGroupArn(arn).overrideConfiguration(limit))
            .targetHealthDescriptions()
            .stream()
            .map(TargetSeen::of)
            .toList());
  }

  private Set<String> internal(List<String> balancers) {
    Set<String> internal = new HashSet<>();
    for (List<String> some : Batches.of(balancers)) {
      calls
          .repeatable(
              "reading load balancers",
              limit ->
                  elb.describeLoadBalancers(
                      r -> r.loadBalancerArns(some).overrideConfiguration(limit)))
          .loadBalancers()
          .stream()
          .filter(b -> b.scheme() == LoadBalancerSchemeEnum.INTERNAL)
          .map(LoadBalancer::loadBalancerArn)
          .forEach(internal::add);
    }
    return internal;
  }

  private Map<String, Set<String>> tagKeys(List<TargetGroup> groups, List<String> balancers) {
    List<String> all = new ArrayList<>(groups.stream().map(TargetGroup::targetGroupArn).toList());
    all.addAll(balancers);
    Map<String, Set<String>> keys = new LinkedHashMap<>();
    for (List<String> some : Batches.of(all)) {
      List<TagDescription> found =
          calls
              .repeatable(
                  "reading tags",
                  limit -> elb.describeTags(r -> r.resourceArns(some).overrideConfiguration(limit)))
              .tagDescriptions();
      found.forEach(d -> keys.put(d.resourceArn(), keys(d.tags())));
    }
    return keys;
  }

  private static Set<String> keys(List<Tag> tags) {
    return Set.copyOf(tags.stream().map(Tag::key).toList());
  }
}
