package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.clusterrecovery.Refusal;
import io.clusterrecovery.RunContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;

/** moto gives all listeners in one page; AWS does not promise to. */
class ListenerLookupTest {
  private static final String BALANCER =
      "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/net/a/b";

  private final List<Refusal> unknown = new ArrayList<>();
  private final ElasticLoadBalancingV2Client elb = mock(ElasticLoadBalancingV2Client.class);

  @Test
  void arns_listenerOnALaterPage_isFound() {
    pages();

    assertThat(lookup(6445)).containsExactly("group-of-6445");
    assertThat(unknown).isEmpty();
  }

  @Test
  void arns_portOfNoListener_namesThosePresent() {
    pages();

    assertThat(lookup(22)).isEmpty();
    assertThat(unknown).extracting(Refusal::found).first().asString().contains("[6443, 6444, 6445");
  }

  @Test
  void arns_listenerThatAnswersByItself_isToldSo() {
    Listener fixed = Listener.builder().port(80).defaultActions(Action.builder().build()).build();
    when(elb.describeListeners(request()))
        .thenReturn(DescribeListenersResponse.builder().listeners(fixed).build());

    assertThat(lookup(80)).isEmpty();
    assertThat(unknown).extracting(Refusal::found).first().asString().contains("no target group");
  }

  // Three pages of two listeners each.
  private void pages() {
    when(elb.describeListeners(request()))
        .thenAnswer(
            call -> {
              Consumer<DescribeListenersRequest.Builder> asked = call.getArgument(0);
              DescribeListenersRequest.Builder request = DescribeListenersRequest.builder();
              asked.accept(request);
              String marker = request.build().marker();
              int page = marker == null ? 0 : Integer.parseInt(marker);
              return page(page);
            });
  }

  private static DescribeListenersResponse page(int page) {
    List<Listener> two =
        IntStream.range(6443 + 2 * page, 6445 + 2 * page)
            .mapToObj(
                port ->
                    Listener.builder()
                        .port(port)
                        .defaultActions(Action.builder().targetGroupArn("group-of-" + port).build())
                        .build())
            .toList();
    return DescribeListenersResponse.builder()
        .listeners(two)
        .nextMarker(page < 2 ? Integer.toString(page + 1) : null)
        .build();
  }

  private List<String> lookup(int port) {
    AwsCalls calls = AwsCalls.ofBalancing(RunContext.standalone(), Duration.ofSeconds(10));
    return new ListenerLookup(elb, calls, unknown).arns(new GroupRef.ByListener(BALANCER, port));
  }

  private static Consumer<DescribeListenersRequest.Builder> request() {
    return any();
  }
}
