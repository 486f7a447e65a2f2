from django.urls import path

from apps.texts import views

urlpatterns = [path("/<str:kind>", views.TextView.as_view())]
