package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Finds the target groups that a listener of a load balancer forwards to. */
final class ListenerLookup {
  private final ElasticLoadBalancingV2Client elb;
  private final AwsCalls calls;
  private final List<Refusal> unknown;

  ListenerLookup(ElasticLoadBalancingV2Client elb, AwsCalls calls, List<Refusal> unknown) {
    this.elb = elb;
    this.calls = calls;
    this.unknown = unknown;
  }

  List<String> arns(GroupRef.ByListener ref) {
    Optional<List<Listener>> all = balancer(ref).flatMap(this::listeners);
    if (all.isEmpty()) {
      return none("There is no load balancer " + ref.balancer() + ".");
    }
    Optional<Listener> listener =
        all.get().stream().filter(l -> l.port() != null && l.port() == ref.port()).findFirst();
    if (listener.isEmpty()) {
      List<Integer> ports = all.get().stream().map(Listener::port).sorted().toList();
      return none(
          "Load balancer %s does not listen on port %d, but on %s."
              .formatted(ref.balancer(), ref.port(), ports));
    }
    List<String> groups = forwardedTo(listener.get().defaultActions());
    return groups.isEmpty()
        ? none(
            "Port %d of load balancer %s forwards to no target group."
                .formatted(ref.port(), ref.balancer()))
        : groups;
  }

  private Optional<String> balancer(GroupRef.ByListener ref) {
    if (ref.byArn()) {
      return Optional.of(ref.balancer());
    }
    return GroupLookup.knownBalancer(
            () ->
                calls.repeatable(
                    "reading load balancer " + ref.balancer(),
                    limit ->
                        elb.describeLoadBalancers(
                            r -> r.names(ref.balancer()).overrideConfiguration(limit))))
        .flatMap(found -> found.loadBalancers().stream().findFirst())
        .map(LoadBalancer::loadBalancerArn);
  }

  // Page by page by hand: each request is a call with a limit of its own.
  private Optional<List<Listener>> listeners(String balancer) {
    List<Listener> all = new ArrayList<>();
    Optional<DescribeListenersResponse> page = page(balancer, null);
    while (page.isPresent()) {
      all.addAll(page.get().listeners());
      @Nullable String next = page.get().nextMarker();
      if (next == null || next.isEmpty()) {
        return Optional.of(all);
      }
      page = page(balancer, next);
    }
    return Optional.empty();
  }

  private Optional<DescribeListenersResponse> page(String balancer, @Nullable String marker) {
    return GroupLookup.knownBalancer(
        () ->
            calls.repeatable(
                "reading listeners of " + balancer,
                limit ->
                    elb.describeListeners(
                        r ->
                            r.loadBalancerArn(balancer)
                                .marker(marker)
                                .overrideConfiguration(limit))));
  }

  private static List<String> forwardedTo(List<Action> actions) {
    return actions.stream().flatMap(ListenerLookup::forwardedTo).distinct().toList();
  }

  private static Stream<String> forwardedTo(Action action) {
    Stream<String> one = Stream.ofNullable(action.targetGroupArn());
    return action.forwardConfig() == null
        ? one
        : Stream.concat(
            one,
            action.forwardConfig().targetGroups().stream().map(TargetGroupTuple::targetGroupArn));
  }

  private List<String> none(String found) {
    unknown.add(
        new Refusal(
            Code.LOAD_BALANCER_UNKNOWN,
            found,
            "Give its name or ARN, a port that it listens on, and a client of its account and"
                + " region."));
    return List.of();
  }
}
