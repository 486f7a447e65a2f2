from django.urls import path, re_path

from airbnb.pages import sitemap, views

urlpatterns = [
    path("robots.txt", sitemap.robots),
    path("sitemap.xml", sitemap.index),
    path("sitemap-pages.xml", sitemap.pages),
    path("sitemap-listings-<int:page>.xml", sitemap.listings),
    re_path(r"^(?!api/|admin/|static/|media/|assets/|\.well-known/)", views.show),
]
