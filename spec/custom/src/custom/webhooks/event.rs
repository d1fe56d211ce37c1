//! The types of events.
//!
//! The list is complete: the match over all variants does not compile without one of them.

use crate::types::*;

/// An event with a type of its own.
pub trait TypedEvent: Sized + Send + 'static {
    /// The type of the event.
    const TYPE: WebhookEventType;

    /// Returns the event, if it has this type.
    fn from_event(event: WebhookEvent) -> Option<Self>;
}

macro_rules! typed_events {
    ($($variant:ident($event:ident),)*) => {
        const _: fn(&WebhookEvent) = |event| match event {
            $(WebhookEvent::$variant(_) => {})*
            WebhookEvent::Unknown(_) => {}
        };

        $(impl TypedEvent for $event {
            const TYPE: WebhookEventType = WebhookEventType::$variant;

            fn from_event(event: WebhookEvent) -> Option<Self> {
                match event {
                    WebhookEvent::$variant(event) => Some(event),
                    _ => None,
                }
            }
        })*
    };
}

typed_events! {
    MessageSent(MessageSentEvent),
    MessageReceived(MessageReceivedEvent),
    MessageRead(MessageReadEvent),
    MessageDelivered(MessageDeliveredEvent),
    MessageFailed(MessageFailedEvent),
    MessageEdited(MessageEditedEvent),
    ReactionAdded(ReactionAddedEvent),
    ReactionRemoved(ReactionRemovedEvent),
    ParticipantAdded(ParticipantAddedEvent),
    ParticipantRemoved(ParticipantRemovedEvent),
    ChatCreated(ChatCreatedEvent),
    ChatGroupNameUpdated(ChatGroupNameUpdatedEvent),
    ChatGroupIconUpdated(ChatGroupIconUpdatedEvent),
    ChatGroupNameUpdateFailed(ChatGroupNameUpdateFailedEvent),
    ChatGroupIconUpdateFailed(ChatGroupIconUpdateFailedEvent),
    ChatTypingIndicatorStarted(ChatTypingIndicatorStartedEvent),
    ChatTypingIndicatorStopped(ChatTypingIndicatorStoppedEvent),
    PhoneNumberStatusUpdated(PhoneNumberStatusUpdatedEvent),
    CallInitiated(CallInitiatedEvent),
    CallRinging(CallRingingEvent),
    CallAnswered(CallAnsweredEvent),
    CallEnded(CallEndedEvent),
    CallFailed(CallFailedEvent),
    CallDeclined(CallDeclinedEvent),
    CallNoAnswer(CallNoAnswerEvent),
    LocationSharingStarted(LocationSharingStartedEvent),
    LocationSharingStopped(LocationSharingStoppedEvent),
    PollReceived(PollReceivedEvent),
    PollFailed(PollFailedEvent),
    PollSent(PollSentEvent),
    PollDelivered(PollDeliveredEvent),
    PollRead(PollReadEvent),
    PollUpdated(PollUpdatedEvent),
    PollVoteAdded(PollVoteAddedEvent),
    PollVoteRemoved(PollVoteRemovedEvent),
    PollReactionAdded(PollReactionAddedEvent),
    ChatBackgroundUpdated(ChatBackgroundUpdatedEvent),
    ChatBackgroundUpdateFailed(ChatBackgroundUpdateFailedEvent),
    PaymentSucceeded(PaymentSucceededEvent),
    PaymentCanceled(PaymentCanceledEvent),
    PaymentExpired(PaymentExpiredEvent),
    PaymentDeclined(PaymentDeclinedEvent),
    PaymentAuthorized(PaymentAuthorizedEvent),
    ConnectionCreated(ConnectionCreatedEvent),
    ConnectionRevoked(ConnectionRevokedEvent),
    PhoneNumberAssigned(PhoneNumberAssignedEvent),
    PhoneNumberReleased(PhoneNumberReleasedEvent),
    PhoneNumberForwardingUpdated(PhoneNumberForwardingUpdatedEvent),
    ContactCardReceived(ContactCardReceivedEvent),
    ContactCardCreated(ContactCardCreatedEvent),
    ContactCardUpdated(ContactCardUpdatedEvent),
    ContactCardDeleted(ContactCardDeletedEvent),
    ZeroDayRetentionUpdated(ZeroDayRetentionUpdatedEvent),
    EnvironmentLineMoved(EnvironmentLineMovedEvent),
    EnvironmentCreated(EnvironmentCreatedEvent),
    EnvironmentRenamed(EnvironmentRenamedEvent),
    EnvironmentDeleted(EnvironmentDeletedEvent),
    ApiTokenCreated(ApiTokenCreatedEvent),
    ApiTokenRenamed(ApiTokenRenamedEvent),
    ApiTokenExpiryScheduled(ApiTokenExpiryScheduledEvent),
    ApiTokenExpired(ApiTokenExpiredEvent),
    ApiTokenActivated(ApiTokenActivatedEvent),
    ApiTokenDeleted(ApiTokenDeletedEvent),
    WebhookSubscriptionCreated(WebhookSubscriptionCreatedEvent),
    WebhookSubscriptionDeleted(WebhookSubscriptionDeletedEvent),
    WebhookSubscriptionTargetUrlChanged(WebhookSubscriptionTargetUrlChangedEvent),
    WebhookSubscriptionEnabled(WebhookSubscriptionEnabledEvent),
    WebhookSubscriptionDisabled(WebhookSubscriptionDisabledEvent),
    WebhookSubscriptionEventsUpdated(WebhookSubscriptionEventsUpdatedEvent),
    WebhookSubscriptionPhoneNumbersUpdated(WebhookSubscriptionPhoneNumbersUpdatedEvent),
    WebhookSubscriptionRoutingHeadersSet(WebhookSubscriptionRoutingHeadersSetEvent),
    WebhookSubscriptionRoutingHeadersCleared(WebhookSubscriptionRoutingHeadersClearedEvent),
    TeamMemberAdded(TeamMemberAddedEvent),
    TeamMemberSignedIn(TeamMemberSignedInEvent),
    TeamMemberSignedOut(TeamMemberSignedOutEvent),
}
