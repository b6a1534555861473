package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.route53.model.Route53Exception;

class AwsAdviceTest {
  @ParameterizedTest
  @CsvSource({
    "400, Throttling,              CLOUD_BUSY,                five requests a second",
    "400, PriorRequestNotComplete, CLOUD_BUSY,                change of this zone",
    "403, ExpiredToken,            CLOUD_CREDENTIALS_EXPIRED, Get new credentials",
    "400, ExpiredTokenException,   CLOUD_CREDENTIALS_EXPIRED, Get new credentials",
    "403, RequestTimeTooSkewed,    CLOUD_ACCESS_DENIED,       Set the clock",
    "403, AccessDenied,            CLOUD_ACCESS_DENIED,       permissions",
    "401, UnrecognizedClient,      CLOUD_ACCESS_DENIED,       permissions",
    "500, InternalFailure,         CLOUD_UNREACHABLE,         endpoint",
    "400, InvalidInput,            CLOUD_UNREACHABLE,         endpoint"
  })
  void on_answer_hasItsOwnCodeAndNextStep(int status, String error, Code code, String next) {
    AwsAdvice advice =
        AwsAdvice.on(
            Route53Exception.builder()
                .statusCode(status)
                .awsErrorDetails(
                    AwsErrorDetails.builder().errorCode(error).errorMessage("m").build())
                .build());

    assertThat(advice.code()).isEqualTo(code);
    assertThat(advice.next()).contains(next);
  }

  @Test
  void on_clientsOwnFailure_hasItsOwnCodeAndNextStep() {
    SdkException noName = SdkClientException.create("x", new UnknownHostException("route53.zz"));
    SdkException refused = SdkClientException.create("x", new ConnectException("refused"));
    SdkException none = SdkClientException.create("Unable to load credentials from any provider");
    SdkException expired = SdkClientException.create("The SSO session has expired: credentials");
    List<AwsAdvice> advice =
        List.of(noName, refused, none, expired).stream().map(AwsAdvice::on).toList();

    assertThat(advice)
        .extracting(AwsAdvice::code)
        .containsExactly(
            Code.CLOUD_UNREACHABLE,
            Code.CLOUD_UNREACHABLE,
            Code.CLOUD_ACCESS_DENIED,
            Code.CLOUD_CREDENTIALS_EXPIRED);
    assertThat(advice.get(0).next()).contains("does not resolve");
    assertThat(advice).extracting(AwsAdvice::next).doesNotHaveDuplicates();
  }
}
